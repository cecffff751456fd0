package io.graft.engine.worker;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.DataColumns;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.Holdout;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.NewModel;
import io.graft.v1.NewTokenizer;
import io.graft.v1.OutputForm;
import io.graft.v1.TrainSpec;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Specifications and data for jobs that train, as small as they come. */
final class TrainingJobs {
    private static final String DECODER = """
            {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 280, "hidden_size": 16,
             "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1,
             "max_position_embeddings": 64, "tie_word_embeddings": true}
            """;

    private TrainingJobs() {}

    /** Sums in words, with a completion that can be learnt. */
    static Path sums(Path folder) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            rows.append("{\"prompt\": \"%d and %d make \", \"completion\": \"%d\"}\n"
                    .formatted(i % 5, i % 7, i % 5 + i % 7));
        }
        return written(folder, "train.jsonl", rows.toString());
    }

    static Path written(Path folder, String file, String content) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(file), content);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A decoder of its own with a tokenizer of its own. */
    static TrainSpec.Builder train(String optimizer, double rate, long steps) {
        return TrainSpec.newBuilder()
                .setNewModel(NewModel.newBuilder()
                        .setConfig(struct(DECODER))
                        .setNewTokenizer(NewTokenizer.newBuilder().setVocabularySize(280)))
                .setOutputModel("tenants/default/models/sums")
                .setData(data())
                .setObjective(MethodChoice.newBuilder().setName("causal_lm"))
                .setLoop(loop(optimizer, rate, steps));
    }

    static FinetuneSpec finetune(long steps) {
        return FinetuneSpec.newBuilder()
                .setBase("tenants/default/models/base/versions/1")
                .setOutputModel("tenants/default/models/adapter")
                .setData(data())
                .setObjective(MethodChoice.newBuilder()
                        .setName("causal_lm")
                        .setParams(params(Map.of(
                                "completion_only",
                                Value.newBuilder().setBoolValue(true).build()))))
                .setAdapter(MethodChoice.newBuilder()
                        .setName("lora")
                        .setParams(params(Map.of("r", number(4), "alpha", number(8)))))
                .setLoop(loop("adamw", 1e-2, steps))
                .setOutput(OutputForm.OUTPUT_FORM_ADAPTER)
                .build();
    }

    static EvaluateSpec evaluate() {
        return EvaluateSpec.newBuilder()
                .setVersion("tenants/default/models/adapter/versions/1")
                .setData(data().clearHoldout())
                .setObjective(MethodChoice.newBuilder().setName("causal_lm"))
                .setBatchSize(8)
                .setMaxLength(32)
                .setLongRows(LongRows.LONG_ROWS_REFUSE)
                .build();
    }

    private static TrainingData.Builder data() {
        return TrainingData.newBuilder()
                .setDataset("tenants/default/datasets/sums/versions/1")
                .setColumns(DataColumns.newBuilder().setPrompt("prompt").setCompletion("completion"))
                .setHoldout(Holdout.newBuilder().setFraction(0.2));
    }

    private static TrainingLoop loop(String optimizer, double rate, long steps) {
        return TrainingLoop.newBuilder()
                .setOptimizer(
                        MethodChoice.newBuilder().setName(optimizer).setParams(params(Map.of("lr", number(rate)))))
                .setSchedule(MethodChoice.newBuilder().setName("constant"))
                .setMaxSteps(steps)
                .setBatchSize(4)
                .setGradientAccumulation(1)
                .setMaxGradNorm(1)
                .setMaxLength(32)
                .setLongRows(LongRows.LONG_ROWS_REFUSE)
                .setCheckpointEverySteps(10)
                .setLogEverySteps(5)
                .setSeed(3)
                .build();
    }

    /** An output of a job as the input of another. */
    static AssignmentInput output(String role, Assignment done) {
        return AssignmentInput.newBuilder()
                .setRole(role)
                .setVersion("tenants/default/models/" + role + "/versions/1")
                .setManifest(done.getOutputPrefix() + "manifest.json")
                .setDigest(Lab.get().manifest(done).getDigest())
                .build();
    }

    private static Value number(double value) {
        return Value.newBuilder().setNumberValue(value).build();
    }

    private static Struct params(Map<String, Value> values) {
        return Struct.newBuilder().putAllFields(values).build();
    }

    private static Struct struct(String json) {
        try {
            Struct.Builder struct = Struct.newBuilder();
            JsonFormat.parser().merge(json, struct);
            return struct.build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
