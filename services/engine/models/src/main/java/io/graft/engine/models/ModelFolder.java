package io.graft.engine.models;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.safetensors.ShardPlan;
import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.TensorFiles;
import io.graft.engine.tensors.nn.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a model as the reference library does: {@code config.json} and {@code model.safetensors}, or shards with their index. */
public final class ModelFolder {
    private static final JsonMapper JSON = new JsonMapper();

    private ModelFolder() {}

    /**
     * Saves a model without its adapters.
     *
     * @param type F32, BF16 or F16 of the weights
     * @return the files written
     */
    public static List<Path> save(Model model, Path folder, DType type) throws IOException {
        return save(model, folder, type, ShardPlan.DEFAULT_MAX_SHARD_BYTES);
    }

    /** The same with a limit for one file. */
    public static List<Path> save(Model model, Path folder, DType type, long maxShardBytes) throws IOException {
        if (!type.isFloating()) {
            throw new IllegalArgumentException("Weights are saved as floats, not as " + type);
        }
        Files.createDirectories(folder);
        List<Parameter> stored = model.stored();
        if (stored.isEmpty()) {
            throw new IllegalArgumentException("The model has no parameters");
        }
        List<Path> files = new ArrayList<>();
        try (Scope scope = stored.getFirst().value().torch().scope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (Parameter parameter : stored) {
                tensors.put(parameter.name(), parameter.value().detach().to(type));
            }
            files.addAll(TensorFiles.save(tensors, folder, "model", Map.of("format", "pt"), maxShardBytes));
        }
        Path config = folder.resolve("config.json");
        Files.writeString(config, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config(model, type)) + "\n");
        files.add(config);
        return files;
    }

    private static ObjectNode config(Model model, DType type) {
        String name = switch (type) {
            case BF16 -> "bfloat16";
            case F16 -> "float16";
            case F64 -> "float64";
            case F32, U8, I8, I32, I64, BOOL -> "float32";
        };
        ObjectNode config = model.config();
        boolean old = config.has("torch_dtype") && !config.has("dtype");
        config.put(old ? "torch_dtype" : "dtype", name);
        return config;
    }
}
