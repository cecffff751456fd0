package io.graft.engine.weights;

import io.graft.engine.safetensors.compatibility.GraftRules;
import io.graft.engine.weights.pipeline.EngineSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * tuned - base, stored.
 *
 * @param output folder for the result, created where needed; must not hold weights yet
 * @param rules their output dtype is what the difference is stored in. Null means F32, which rounds once; F64 stores the
 *     computed difference exactly, so that a later graft equals the three-model form bit for bit; BF16 is the smallest
 * @param baseDigest what to write into the metadata as the base's digest; null to compute a {@link ContentDigest}
 * @param tunedDigest likewise for the tuned model
 */
public record DiffRequest(
        Path base,
        Path tuned,
        Path output,
        GraftRules rules,
        @Nullable String baseDigest,
        @Nullable String tunedDigest,
        EngineSettings settings) {
    /** Stored as F32 with default rules and settings. */
    public static DiffRequest of(Path base, Path tuned, Path output) {
        return new DiffRequest(base, tuned, output, GraftRules.DEFAULT, null, null, EngineSettings.DEFAULT);
    }
}
