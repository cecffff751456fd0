package io.graft.engine.conversion;

import io.graft.engine.conversion.bert.OnnxBertConversion;
import io.graft.engine.conversion.huggingface.HuggingFaceFolder;
import io.graft.engine.conversion.maven.MavenJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a checked Hugging Face folder of any source. Static and thread safe for different output folders. */
public final class ModelImport {
    private ModelImport() {}

    /**
     * Stages a model; its files are then ready to be uploaded. A Hugging Face folder is checked where it is, anything else is
     * converted into {@code folder}, which is created where needed.
     *
     * @throws io.graft.engine.conversion.problem.ImportException if the source cannot be imported
     * @throws io.graft.engine.safetensors.SafetensorsException if its weights are not sound
     */
    public static HuggingFaceFolder stage(ModelSource source, Path folder) throws IOException {
        return switch (source) {
            case ModelSource.HuggingFace local -> HuggingFaceFolder.open(local.folder());
            case ModelSource.Onnx onnx -> {
                String card = ModelCard.write(
                        onnx.origin(),
                        onnx.licence(),
                        String.valueOf(onnx.model().getFileName()));
                OnnxBertConversion.convert(onnx.model(), onnx.tokenizer(), card, folder);
                yield HuggingFaceFolder.open(folder);
            }
            case ModelSource.OnnxJar jar -> fromJar(jar, folder);
            case ModelSource.Published published -> {
                Path jar = MavenJars.withDefaults(published.cache()).resolve(published.jar());
                String origin = published.jar().model() + " as published in "
                        + published.jar().artifact().coordinates();
                yield fromJar(
                        new ModelSource.OnnxJar(jar, origin, published.jar().licence()), folder);
            }
        };
    }

    private static HuggingFaceFolder fromJar(ModelSource.OnnxJar source, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path onnx = folder.resolve(".model.onnx.partial");
        Path tokenizer = folder.resolve(".tokenizer.json.partial");
        try {
            JarModel.extract(source.jar(), onnx, tokenizer);
            String card = ModelCard.write(
                    source.origin(),
                    source.licence(),
                    String.valueOf(source.jar().getFileName()));
            OnnxBertConversion.convert(onnx, tokenizer, card, folder);
        } finally {
            Files.deleteIfExists(onnx);
            Files.deleteIfExists(tokenizer);
        }
        return HuggingFaceFolder.open(folder);
    }
}
