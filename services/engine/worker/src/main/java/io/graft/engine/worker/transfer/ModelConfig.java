package io.graft.engine.worker.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.TensorSpec;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code config.json} true for a result whose weights differ from the target's in rows of the vocabulary or in type.
 * Where nothing differs the target's text stays as it is, to the byte.
 */
final class ModelConfig {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String VOCABULARY = "vocab_size";
    private static final List<String> DTYPE_KEYS = List.of("torch_dtype", "dtype");
    private static final Map<Dtype, String> DTYPE_NAMES =
            Map.of(Dtype.F64, "float64", Dtype.F32, "float32", Dtype.F16, "float16", Dtype.BF16, "bfloat16");

    private ModelConfig() {}

    /**
     * The result's configuration.
     *
     * @param target the target's configuration
     * @param before the target's tensors
     * @param after the result's tensors
     * @param dtype the type that was asked for; null for the target's own
     */
    static String adapt(
            String target, Collection<TensorSpec> before, Collection<TensorSpec> after, @Nullable Dtype dtype) {
        try {
            if (!(JSON.readTree(target) instanceof ObjectNode config)) {
                throw malformed(null);
            }
            ObjectNode adapted = config.deepCopy();
            adaptVocabulary(adapted, before, after);
            if (adapted.get("text_config") instanceof ObjectNode nested) {
                adaptVocabulary(nested, before, after);
            }
            if (dtype != null) {
                DTYPE_KEYS.stream().filter(adapted::has).forEach(key -> adapted.put(key, DTYPE_NAMES.get(dtype)));
            }
            return adapted.equals(config)
                    ? target
                    : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(adapted) + "\n";
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    private static void adaptVocabulary(
            ObjectNode config, Collection<TensorSpec> before, Collection<TensorSpec> after) {
        JsonNode size = config.get(VOCABULARY);
        if (size == null || !size.canConvertToLong()) {
            return;
        }
        Map<String, TensorSpec> old = before.stream().collect(Collectors.toMap(TensorSpec::name, Function.identity()));
        for (TensorSpec tensor : after) {
            TensorSpec was = old.get(tensor.name());
            if (was != null
                    && !was.shape().equals(tensor.shape())
                    && was.shape().getFirst() == size.longValue()) {
                config.put(VOCABULARY, tensor.shape().getFirst());
                return;
            }
        }
    }

    private static GraftException malformed(@Nullable Throwable cause) {
        return new GraftException(ErrorCode.MALFORMED_MODEL, "The target's config.json is not a JSON object", cause);
    }
}
