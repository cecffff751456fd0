package io.graft.cli.failure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.TreeMap;

/** A problem as the JSON object that {@code --output json} prints. */
public final class ProblemJson {
    private ProblemJson() {}

    /** {@code {"error": {...}}}. */
    public static JsonObject document(Problem problem) {
        JsonObject document = new JsonObject();
        document.add("error", of(problem));
        return document;
    }

    public static JsonObject of(Problem problem) {
        JsonObject error = new JsonObject();
        error.addProperty("code", problem.code());
        error.addProperty("reason", problem.reason());
        error.addProperty("message", problem.message());
        JsonArray violations = new JsonArray();
        for (Problem.Violation violation : problem.violations()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("field", violation.field());
            entry.addProperty("description", violation.description());
            violations.add(entry);
        }
        error.add("fieldViolations", violations);
        JsonObject metadata = new JsonObject();
        new TreeMap<>(problem.metadata()).forEach(metadata::addProperty);
        error.add("metadata", metadata);
        error.addProperty("requestId", problem.requestId());
        error.addProperty("traceId", problem.traceId());
        error.addProperty("exitCode", problem.exit().value());
        return error;
    }
}
