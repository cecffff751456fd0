package io.graft.gateway.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Headers on every answer, so that no browser runs, frames or guesses at anything. Without CORS, on purpose. */
@Singleton
final class SecurityHeaders {
    private static final int EARLY = 1000;

    void register(@Observes Filters filters) {
        filters.register(SecurityHeaders::add, EARLY);
    }

    private static void add(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        context.next();
    }
}
