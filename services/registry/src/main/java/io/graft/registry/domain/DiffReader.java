package io.graft.registry.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.DiffVector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the metadata of a diff vector's weights says; format {@code graft.diff.v1}. */
final class DiffReader {
    private static final String FORMAT = "graft.diff.v1";
    private static final JsonMapper JSON = new JsonMapper();

    private DiffReader() {}

    /** @throws GraftException {@code MALFORMED_MODEL} when the weights are not a diff vector */
    static DiffVector diff(String file, Map<String, String> metadata) {
        String format = metadata.getOrDefault("format", "none");
        if (!format.equals(FORMAT)) {
            throw refuse(file, "has the metadata format '" + format + "', not '" + FORMAT + "'", null);
        }
        return DiffVector.newBuilder()
                .setBaseDigest(metadata.getOrDefault("base_digest", ""))
                .setFinetunedDigest(metadata.getOrDefault("finetuned_digest", ""))
                .setDtype(metadata.getOrDefault("dtype", ""))
                .addAllUntouched(untouched(file, metadata.getOrDefault("untouched", "[]")))
                .build();
    }

    private static List<String> untouched(String file, String names) {
        try {
            return JSON.readValue(names, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw refuse(file, "has a malformed list of untouched tensors in its metadata", e);
        }
    }

    private static GraftException refuse(String file, String what, @Nullable Throwable cause) {
        return new GraftException(
                ErrorCode.MALFORMED_MODEL,
                file + " " + what + "; make diff vectors with SubmitDiff or 'graft diff', or choose another kind",
                Map.of("file", file),
                cause);
    }
}
