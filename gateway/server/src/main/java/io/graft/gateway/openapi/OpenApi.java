package io.graft.gateway.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.graft.gateway.message.Fields;
import io.graft.gateway.route.Binding;
import io.graft.gateway.route.PathTemplate.Variable;
import io.graft.gateway.route.RouteTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the OpenAPI 3.1 document of a route table. */
public final class OpenApi {
    private static final String FRAME = "openapi.json";

    private final Comments comments;
    private final Schemas schemas;
    private final Map<String, Integer> operations = new LinkedHashMap<>();

    private OpenApi(Comments comments) {
        this.comments = comments;
        this.schemas = new Schemas(comments);
    }

    /** The document, with the proto files' comments as descriptions. */
    public static JsonObject of(RouteTable routes, Comments comments) {
        return new OpenApi(comments).document(routes);
    }

    private JsonObject document(RouteTable routes) {
        JsonObject document = frame();
        JsonObject paths = new JsonObject();
        Set<ServiceDescriptor> services = new LinkedHashSet<>();
        for (Binding binding : routes.bindings()) {
            services.add(binding.rpc().schema().getService());
            ResourcePath path = ResourcePath.of(binding.template());
            JsonElement known = paths.get(path.path());
            JsonObject item = known == null ? new JsonObject() : known.getAsJsonObject();
            item.add(binding.verb().toLowerCase(Locale.ROOT), operation(binding, path));
            paths.add(path.path(), item);
        }
        JsonArray tags = new JsonArray();
        services.forEach(
                service -> tags.add(Json.object("name", service.getName(), "description", comments.of(service))));
        document.add("tags", tags);
        document.add("paths", paths);
        JsonObject components = document.getAsJsonObject("components");
        schemas.components()
                .entrySet()
                .forEach(e -> components.getAsJsonObject("schemas").add(e.getKey(), e.getValue()));
        return document;
    }

    private JsonObject operation(Binding binding, ResourcePath path) {
        MethodDescriptor method = binding.rpc().schema();
        JsonObject operation = new JsonObject();
        JsonArray tags = new JsonArray();
        tags.add(method.getService().getName());
        operation.add("tags", tags);
        int seen = operations.merge(method.getName(), 1, Integer::sum);
        operation.addProperty("operationId", method.getName() + (seen == 1 ? "" : seen));
        Json.described(operation, comments.of(method));
        operation.add("parameters", parameters(binding, path));
        if (!binding.body().isEmpty()) {
            JsonObject body = Json.with(new JsonObject(), "content", content("application/json", bodySchema(binding)));
            operation.add("requestBody", body);
        }
        operation.add("responses", responses(binding));
        return operation;
    }

    private JsonArray parameters(Binding binding, ResourcePath path) {
        JsonArray parameters = new JsonArray();
        for (String name : path.parameters()) {
            JsonObject parameter = Json.object("name", name, "in", "path", "description", "Id of the " + name + ".");
            parameter.addProperty("required", true);
            parameter.add("schema", Json.object("type", "string"));
            parameters.add(parameter);
        }
        if (!binding.body().equals("*")) {
            Set<String> taken = fromPath(binding);
            binding.rpc().schema().getInputType().getFields().stream()
                    .filter(field ->
                            !taken.contains(field.getName()) && !field.getName().equals(binding.body()))
                    .filter(field -> Fields.isScalar(field) && !field.isMapField())
                    .forEach(field -> parameters.add(queryParameter(field)));
        }
        if (binding.rpc().streams()) {
            parameters.add(Json.object("$ref", "#/components/parameters/LastEventId"));
        }
        return parameters;
    }

    private JsonObject queryParameter(FieldDescriptor field) {
        JsonObject parameter = Json.object("name", field.getJsonName(), "in", "query");
        if (Schemas.isRequired(field)) {
            parameter.addProperty("required", true);
        }
        Json.described(parameter, comments.of(field));
        parameter.add("schema", schemas.field(field));
        return parameter;
    }

    private JsonObject bodySchema(Binding binding) {
        var input = binding.rpc().schema().getInputType();
        return binding.body().equals("*")
                ? schemas.requestBody(input, fromPath(binding))
                : schemas.field(Objects.requireNonNull(input.findFieldByName(binding.body()), binding.body()));
    }

    private JsonObject responses(Binding binding) {
        JsonObject answer = schemas.message(binding.rpc().schema().getOutputType());
        JsonObject responses = new JsonObject();
        if (binding.rpc().streams()) {
            JsonObject events = Json.object("description", "Server-sent events; `data` of each is one message.");
            responses.add("200", Json.with(events, "content", content("text/event-stream", answer)));
            responses.add("204", Json.object("description", "Nothing comes after the given event; don't reconnect."));
        } else {
            JsonObject ok = Json.object("description", "The answer.");
            responses.add("200", Json.with(ok, "content", content("application/json", answer)));
        }
        responses.add("default", Json.object("$ref", "#/components/responses/Problem"));
        return responses;
    }

    private static Set<String> fromPath(Binding binding) {
        return binding.template().variables().stream().map(Variable::field).collect(Collectors.toSet());
    }

    private static JsonObject content(String type, JsonObject schema) {
        return Json.with(new JsonObject(), type, Json.with(new JsonObject(), "schema", schema));
    }

    private static JsonObject frame() {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream(FRAME), FRAME)) {
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
