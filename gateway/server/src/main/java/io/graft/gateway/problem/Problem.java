package io.graft.gateway.problem;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.rpc.Code;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An error as RFC 9457 has it.
 *
 * @param status HTTP status
 * @param code gRPC status code's name
 * @param reason machine-readable reason in UPPER_SNAKE
 * @param domain who gave the reason
 * @param detail what went wrong and the cure, for a person
 * @param metadata facts about the error
 * @param fieldViolations the bad fields, all of them
 * @param details further google.rpc details as proto JSON
 */
public record Problem(
        int status,
        String code,
        String reason,
        String domain,
        String detail,
        Map<String, String> metadata,
        List<FieldViolation> fieldViolations,
        List<JsonObject> details) {
    /** Media type of the body. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static final String DOMAIN = "graft";

    public Problem {
        metadata = Map.copyOf(metadata);
        fieldViolations = List.copyOf(fieldViolations);
        details = List.copyOf(details);
    }

    /** A problem that the gateway itself finds. */
    public static Problem of(int status, Code code, String reason, String detail) {
        return new Problem(status, code.name(), reason, DOMAIN, detail, Map.of(), List.of(), List.of());
    }

    /** The body. */
    public JsonObject toJson(String requestId) {
        JsonObject json = new JsonObject();
        json.addProperty("type", "urn:graft:reason:" + reason);
        json.addProperty("title", title());
        json.addProperty("status", status);
        json.addProperty("detail", detail);
        json.addProperty("code", code);
        json.addProperty("reason", reason);
        json.addProperty("domain", domain);
        json.addProperty("requestId", requestId);
        JsonObject facts = new JsonObject();
        metadata.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(fact -> facts.addProperty(fact.getKey(), fact.getValue()));
        json.add("metadata", facts);
        JsonArray fields = new JsonArray();
        fieldViolations.forEach(violation -> fields.add(toJson(violation)));
        json.add("fieldViolations", fields);
        if (!details.isEmpty()) {
            JsonArray further = new JsonArray();
            details.forEach(further::add);
            json.add("details", further);
        }
        return json;
    }

    /** Whole seconds after which the service says to try again; empty when it does not say. */
    public OptionalLong retryAfterSeconds() {
        return details.stream()
                .filter(detail -> detail.has("retryDelay"))
                .mapToLong(detail -> seconds(detail.get("retryDelay").getAsString()))
                .max();
    }

    private static long seconds(String duration) {
        double seconds = Double.parseDouble(duration.substring(0, duration.length() - 1));
        return (long) Math.ceil(seconds);
    }

    private String title() {
        String words = reason.toLowerCase(Locale.ROOT).replace('_', ' ');
        return words.isEmpty() ? code : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static JsonObject toJson(FieldViolation violation) {
        JsonObject json = new JsonObject();
        json.addProperty("field", violation.field());
        json.addProperty("description", violation.description());
        return json;
    }
}
