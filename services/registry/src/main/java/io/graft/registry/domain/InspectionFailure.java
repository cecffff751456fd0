package io.graft.registry.domain;

import io.graft.engine.safetensors.Problem;
import io.graft.engine.safetensors.SafetensorsException;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what is wrong with a version's files into typed refusals. */
final class InspectionFailure {
    private InspectionFailure() {}

    /** A configuration or tokenizer file that can't be used. */
    static GraftException model(String file, String what) {
        return model(file, what, null);
    }

    /** A configuration or tokenizer file that can't be parsed. */
    static GraftException model(String file, String what, @Nullable Throwable cause) {
        return new GraftException(
                ErrorCode.MALFORMED_MODEL,
                file + " " + what + "; correct the file and upload the version again",
                Map.of("file", file),
                cause);
    }

    /** Weights that can't be trusted. */
    static GraftException weights(SafetensorsException problem) {
        Map<String, String> metadata = new HashMap<>();
        metadata.put("file", problem.file());
        metadata.put("problem", problem.problem().name());
        String tensor = problem.tensor();
        if (tensor != null) {
            metadata.put("tensor", tensor);
        }
        ErrorCode code =
                problem.problem() == Problem.MISSING_SHARD ? ErrorCode.MISSING_SHARD : ErrorCode.MALFORMED_SAFETENSORS;
        return new GraftException(code, String.valueOf(problem.getMessage()), metadata, problem);
    }

    /** An object that can't be read to its end. */
    static GraftException reading(String file, IOException e) {
        if (e instanceof EOFException) {
            return new GraftException(
                    ErrorCode.DIGEST_MISMATCH, file + " is shorter in the artifact store than its manifest says", e);
        }
        return new GraftException(
                ErrorCode.STORAGE_UNAVAILABLE, file + " can't be read from the artifact store now; try again", e);
    }
}
