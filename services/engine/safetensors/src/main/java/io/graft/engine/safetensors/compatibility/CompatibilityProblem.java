package io.graft.engine.safetensors.compatibility;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One reason to refuse.
 *
 * @param tensor the tensor's name, or empty for a problem of the whole
 * @param sides for each model what it has, such as {@code source_base -> BF16 [4, 2]} or {@code absent}, in a fixed order
 * @param cure what to do about it
 */
public record CompatibilityProblem(ProblemKind kind, String tensor, Map<String, String> sides, String cure) {
    public CompatibilityProblem {
        sides = Collections.unmodifiableMap(new LinkedHashMap<>(sides));
    }

    /** One line with everything. */
    public String message() {
        String where = sides.entrySet().stream()
                .map(side -> side.getKey() + " " + side.getValue())
                .collect(Collectors.joining(", "));
        return kind + (tensor.isEmpty() ? "" : " '" + tensor + "'") + (where.isEmpty() ? "" : ": " + where) + ". "
                + cure;
    }
}
