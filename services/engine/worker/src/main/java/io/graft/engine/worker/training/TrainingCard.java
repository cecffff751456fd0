package io.graft.engine.worker.training;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.graft.engine.worker.PulledInput;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.ModelVersionName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The model card of a trained version: what it is made of and what it measures, the same for every attempt. */
final class TrainingCard {
    private TrainingCard() {}

    /**
     * The text.
     *
     * @param library that the files are for: {@code peft}, {@code transformers}
     */
    static String of(
            String title, String library, List<PulledInput> inputs, Message spec, Map<String, Double> metrics) {
        String rows = inputs.stream()
                .map(pulled -> "| " + pulled.input().getRole() + " | "
                        + pulled.input().getVersion() + " | `" + pulled.input().getDigest() + "` |\n")
                .collect(Collectors.joining());
        String measured = new TreeMap<>(metrics)
                .entrySet().stream()
                        .map(metric -> "| " + metric.getKey() + " | "
                                + String.format(Locale.ROOT, "%.6g", metric.getValue()) + " |\n")
                        .collect(Collectors.joining());
        return """
                ---
                %slibrary_name: %s
                tags:
                - graft
                ---
                # %s

                | input | version | digest |
                |---|---|---|
                %s
                | measurement | value |
                |---|---|
                %s
                ```json
                %s
                ```
                """.formatted(origin(library, inputs), library, title, rows, measured, json(spec));
    }

    /**
     * What the hub reads lineage from; nothing for a model that was trained from nothing. The hub takes names of one or two
     * parts only, so it is the base's model; its version is in the table.
     */
    private static String origin(String library, List<PulledInput> inputs) {
        return inputs.stream()
                .filter(pulled -> pulled.input().getRole().equals(Roles.BASE))
                .findFirst()
                .map(pulled -> "base_model: \"" + model(pulled.input().getVersion()) + "\"\nbase_model_relation: "
                        + (library.equals("peft") ? "adapter" : "finetune") + "\n")
                .orElse("");
    }

    /** {@code bge-small-en} of {@code tenants/default/models/bge-small-en/versions/1}. */
    private static String model(String version) {
        return ResourceName.parse("version", version, ModelVersionName.class)
                .model()
                .model();
    }

    private static String json(Message spec) {
        try {
            return JsonFormat.printer().preservingProtoFieldNames().print(spec);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
