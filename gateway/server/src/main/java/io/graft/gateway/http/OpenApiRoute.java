package io.graft.gateway.http;

import io.graft.gateway.openapi.Comments;
import io.graft.gateway.openapi.OpenApi;
import io.graft.gateway.route.RouteTable;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Serves the API's description, without asking for a token: it holds nothing that the source does not. */
@Singleton
final class OpenApiRoute {
    private static final String PATH = "/openapi.json";

    void register(@Observes Router router) {
        String document = OpenApi.of(RouteTable.graft(), Comments.load()).toString();
        router.get(PATH)
                .handler(context -> context.response()
                        .putHeader("Content-Type", "application/json")
                        .end(document));
    }
}
