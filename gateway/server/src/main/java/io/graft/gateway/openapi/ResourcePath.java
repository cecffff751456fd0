package io.graft.gateway.openapi;

import io.graft.gateway.route.PathTemplate;
import io.graft.gateway.route.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * A path pattern as OpenAPI writes it, with a parameter a segment: {@code /v1/tenants/{tenant}/jobs/{job}:cancel}.
 *
 * @param parameters names in order of appearance
 */
record ResourcePath(String path, List<String> parameters) {
    ResourcePath {
        parameters = List.copyOf(parameters);
    }

    static ResourcePath of(PathTemplate template) {
        StringBuilder path = new StringBuilder();
        List<String> parameters = new ArrayList<>();
        String collection = "";
        for (Segment segment : template.segments()) {
            path.append('/');
            switch (segment) {
                case Segment.Literal(String text) -> {
                    path.append(text);
                    collection = text;
                }
                case Segment.Any _ -> {
                    parameters.add(singular(collection));
                    path.append('{').append(parameters.getLast()).append('}');
                }
                case Segment.Rest _ -> {
                    parameters.add("rest");
                    path.append("{rest}");
                }
            }
        }
        return new ResourcePath(path + (template.verb().isEmpty() ? "" : ":" + template.verb()), parameters);
    }

    private static String singular(String collection) {
        boolean es = collection.endsWith("ases") || collection.endsWith("sses");
        return collection.substring(0, Math.max(0, collection.length() - (es ? 2 : 1)));
    }
}
