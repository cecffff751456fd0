package io.graft.gateway.route;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to reach an RPC over HTTP.
 *
 * @param verb HTTP method in capitals
 * @param pattern the path pattern as annotated
 * @param template the path pattern, read
 * @param body {@code *} when the body is the request, a field's name when it is that field, empty when there is none
 * @param rpc what is called
 */
public record Binding(String verb, String pattern, PathTemplate template, String body, Rpc rpc) {

    /** The bindings of an RPC, the main one first; empty when it has no annotation. */
    static List<Binding> of(Rpc rpc) {
        if (!rpc.schema().getOptions().hasExtension(AnnotationsProto.http)) {
            return List.of();
        }
        if (rpc.schema().isClientStreaming()) {
            throw new IllegalStateException(rpc.schema().getFullName() + " takes a stream, which has no HTTP form");
        }
        HttpRule rule = rpc.schema().getOptions().getExtension(AnnotationsProto.http);
        List<Binding> bindings = new ArrayList<>();
        bindings.add(of(rpc, rule));
        rule.getAdditionalBindingsList().forEach(additional -> bindings.add(of(rpc, additional)));
        return List.copyOf(bindings);
    }

    private static Binding of(Rpc rpc, HttpRule rule) {
        if (!rule.getResponseBody().isEmpty()) {
            throw new IllegalStateException(rpc.schema().getFullName() + ": response_body is not supported");
        }
        return switch (rule.getPatternCase()) {
            case GET -> of(rpc, "GET", rule.getGet(), rule.getBody());
            case PUT -> of(rpc, "PUT", rule.getPut(), rule.getBody());
            case POST -> of(rpc, "POST", rule.getPost(), rule.getBody());
            case DELETE -> of(rpc, "DELETE", rule.getDelete(), rule.getBody());
            case PATCH -> of(rpc, "PATCH", rule.getPatch(), rule.getBody());
            case CUSTOM -> of(rpc, rule.getCustom().getKind(), rule.getCustom().getPath(), rule.getBody());
            case PATTERN_NOT_SET ->
                throw new IllegalStateException(rpc.schema().getFullName() + " has an HTTP annotation without a path");
        };
    }

    private static Binding of(Rpc rpc, String verb, String pattern, String body) {
        return new Binding(verb, pattern, PathTemplate.parse(pattern), body, rpc);
    }
}
