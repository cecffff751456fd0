package io.graft.registry.domain;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files that a version of one kind must have, in the Hugging Face layout.
 *
 * @param config configuration file
 * @param configRequired whether the version is refused without it
 * @param stem beginning of the names of the weight files
 */
record WeightFiles(ArtifactKind kind, String config, boolean configRequired, String stem) {
    static WeightFiles of(ArtifactKind kind) {
        return switch (kind) {
            case ARTIFACT_KIND_FULL -> new WeightFiles(kind, "config.json", true, "model");
            case ARTIFACT_KIND_ADAPTER -> new WeightFiles(kind, "adapter_config.json", true, "adapter_model");
            case ARTIFACT_KIND_DIFF -> new WeightFiles(kind, "config.json", false, "diff");
            case ARTIFACT_KIND_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("No version is of kind " + kind);
        };
    }

    /** Weights in one file. */
    String single() {
        return stem + ".safetensors";
    }

    /** Names the shards when there are several. */
    String index() {
        return single() + ".index.json";
    }

    /** Whether a file holds weights of this version, so that the index must name it. */
    boolean belongs(String path) {
        return path.endsWith(".safetensors") && (path.equals(single()) || path.startsWith(stem + "-"));
    }

    /**
     * Checks names alone, before any byte is there.
     *
     * @throws GraftException {@code MALFORMED_MODEL} naming every file that is missing
     */
    void require(Set<String> paths) {
        List<String> missing = new ArrayList<>();
        if (configRequired && !paths.contains(config)) {
            missing.add(config);
        }
        if (!paths.contains(single()) && !paths.contains(index())) {
            missing.add(single() + " (or shards with " + index() + ")");
        }
        if (!missing.isEmpty()) {
            throw new GraftException(
                    ErrorCode.MALFORMED_MODEL,
                    "A version of kind " + kind.name().replace("ARTIFACT_KIND_", "") + " needs "
                            + String.join(" and ", missing) + "; add it, or choose the kind that fits the files",
                    Map.of("missing", String.join(",", missing)));
        }
    }
}
