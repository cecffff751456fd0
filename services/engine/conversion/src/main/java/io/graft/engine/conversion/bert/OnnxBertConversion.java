package io.graft.engine.conversion.bert;

import io.graft.engine.conversion.onnx.OnnxFile;
import io.graft.engine.safetensors.CheckpointWriter;
import io.graft.engine.safetensors.SafetensorsWriter;
import io.graft.engine.safetensors.ShardPlan;
import io.graft.engine.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes a BERT encoder from ONNX as a Hugging Face folder: {@code config.json}, {@code model.safetensors} in float32 with
 * the names of {@code BertModel}, the tokenizer and its configuration, and a model card. The same input gives the same
 * bytes. Exports without a pooling layer have none in the result either.
 */
public final class OnnxBertConversion {
    private OnnxBertConversion() {}

    /**
     * Converts into a folder, which is created where needed.
     *
     * @param onnx the model
     * @param tokenizer its {@code tokenizer.json}
     * @param card text of the {@code README.md}
     * @return the shape of the model
     * @throws io.graft.engine.conversion.problem.ImportException if the model is not one this conversion knows
     */
    public static BertShape convert(Path onnx, Path tokenizer, String card, Path folder) throws IOException {
        TokenizerFacts facts = TokenizerFacts.read(tokenizer);
        try (OnnxFile file = OnnxFile.open(onnx)) {
            Map<String, BertWeight> found = BertWeights.find(file);
            BertConfig config = BertConfig.read(file, found, facts.padToken());
            Map<String, BertWeight> weights = BertWeights.match(file, found, config.shape());
            Files.createDirectories(folder);
            writeWeights(file, config.shape(), weights, folder);
            Files.writeString(folder.resolve("config.json"), config.toJson());
            Files.copy(tokenizer, folder.resolve("tokenizer.json"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(
                    folder.resolve("tokenizer_config.json"),
                    facts.toConfig(config.shape().positions()));
            Files.writeString(folder.resolve("README.md"), card);
            return config.shape();
        }
    }

    private static void writeWeights(OnnxFile file, BertShape shape, Map<String, BertWeight> weights, Path folder)
            throws IOException {
        ShardPlan plan = ShardPlan.of("model", List.copyOf(shape.tensors().values()), Long.MAX_VALUE);
        try (CheckpointWriter output = CheckpointWriter.create(folder, "model", plan, Map.of("format", "pt"))) {
            for (SafetensorsWriter shard : output.shards()) {
                for (TensorInfo tensor : shard.tensors().values()) {
                    BertWeight weight = Objects.requireNonNull(weights.get(tensor.name()));
                    WeightCopy.copy(file, weight, shard, tensor);
                }
            }
            output.commit(true);
        }
    }
}
