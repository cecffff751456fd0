package io.graft.platform.submission.training;

import io.graft.v1.ModelVersion;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The sizes of a network that estimates and limits go by, read from the deciding keys of its {@code config.json}.
 *
 * @param layers layers one after the other; 1 when the configuration does not say
 * @param width elements of a hidden state; 1 when the configuration does not say
 * @param vocabulary tokens; 0 for a network without tokens
 * @param longest most positions of a row; 0 when the configuration does not say
 */
public record Network(long layers, long width, long vocabulary, long longest) {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

    /** The network of a version. */
    public static Network of(ModelVersion version) {
        return of(version.getArchitecture().getConfigMap());
    }

    /** The network of a configuration whose values are JSON. */
    public static Network of(Map<String, String> config) {
        return new Network(
                whole(config, "num_hidden_layers", 1),
                whole(config, "hidden_size", 1),
                whole(config, "vocab_size", 0),
                whole(config, "max_position_embeddings", 0));
    }

    /** Elements that a layer hands on for each position; the last one's logits count with a share for each layer. */
    public long handedOn() {
        return width + vocabulary / Math.max(1, layers);
    }

    private static long whole(Map<String, String> config, String key, long otherwise) {
        String value = config.getOrDefault(key, "");
        return WHOLE.matcher(value).matches() ? Long.parseLong(value) : otherwise;
    }
}
