package io.graft.gateway.message;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.graft.gateway.problem.FieldViolation;
import io.graft.gateway.problem.ProblemException;
import io.graft.gateway.route.Binding;
import io.graft.gateway.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Builds the request message of a call. Body, path and query are first laid into one JSON tree of the message, so that
 * one check names every unknown key and every bad value, wherever it came from. Thread-safe.
 */
public final class RequestReader {
    private final ProtoJson json;

    public RequestReader(ProtoJson json) {
        this.json = json;
    }

    /**
     * Reads one request.
     *
     * @param query decoded parameters in the order given
     * @param body empty when there was none
     * @throws ProblemException with status 400, reason {@code UNKNOWN_FIELD} when there is any unknown key or parameter,
     *     else {@code INVALID_REQUEST}
     */
    public Message read(Route.Found route, Map<String, List<String>> query, String body) {
        Binding binding = route.binding();
        Descriptor type = binding.rpc().request().getDescriptorForType();
        JsonObject request = body(binding, body);
        List<FieldViolation> conflicts = new ArrayList<>();
        route.variables().forEach((field, value) -> setFromPath(type, request, field, value, conflicts));
        QueryFields parameters = QueryFields.of(binding, type, route.variables().keySet(), query);
        parameters.layInto(request);

        JsonShape shape = JsonShape.of(json, type, request);
        refuse("UNKNOWN_FIELD", parameters.unknown(), shape.unknown());
        refuse("INVALID_REQUEST", conflicts, parameters.invalid(), shape.invalid());
        return parse(binding.rpc().request(), request);
    }

    private Message parse(Message prototype, JsonObject request) {
        Message.Builder builder = prototype.newBuilderForType();
        try {
            json.merge(request, builder);
            return builder.build();
        } catch (InvalidProtocolBufferException e) {
            refuse("INVALID_REQUEST", ValueErrors.in(json, prototype, request));
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static JsonObject body(Binding binding, String body) {
        JsonObject request = new JsonObject();
        if (body.isBlank()) {
            return request;
        }
        if (binding.body().isEmpty()) {
            throw ProblemException.invalid(
                    binding.verb() + " " + binding.pattern() + " takes no body; use the query for its fields");
        }
        JsonElement value = StrictJson.parse(body);
        if (!binding.body().equals("*")) {
            request.add(binding.body(), value);
            return request;
        }
        if (!value.isJsonObject()) {
            throw ProblemException.invalid("the body must be a JSON object");
        }
        return value.getAsJsonObject();
    }

    private static void setFromPath(
            Descriptor type, JsonObject request, String path, String value, List<FieldViolation> conflicts) {
        JsonObject at = request;
        Descriptor level = type;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length; i++) {
            FieldDescriptor field = Objects.requireNonNull(level.findFieldByName(names[i]), path);
            String key = at.has(field.getName()) ? field.getName() : field.getJsonName();
            JsonElement present = at.get(key);
            if (i == names.length - 1) {
                if (present != null && !present.isJsonNull() && !present.equals(new JsonPrimitive(value))) {
                    conflicts.add(new FieldViolation(path, "differs from the URL's '" + value + "'; leave it out"));
                }
                at.addProperty(key, value);
            } else if (present == null || present.isJsonNull()) {
                JsonObject nested = new JsonObject();
                at.add(key, nested);
                at = nested;
                level = field.getMessageType();
            } else if (present.isJsonObject()) {
                at = present.getAsJsonObject();
                level = field.getMessageType();
            } else {
                conflicts.add(new FieldViolation(names[i], "must be a JSON object"));
                return;
            }
        }
    }

    @SafeVarargs
    private static void refuse(String reason, List<FieldViolation>... violations) {
        List<FieldViolation> all = new ArrayList<>();
        for (List<FieldViolation> some : violations) {
            all.addAll(some);
        }
        if (!all.isEmpty()) {
            throw ProblemException.invalid(reason, all);
        }
    }
}
