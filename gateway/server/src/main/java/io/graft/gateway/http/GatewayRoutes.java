package io.graft.gateway.http;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.graft.gateway.message.ProtoJson;
import io.graft.gateway.message.RequestReader;
import io.graft.gateway.problem.Problem;
import io.graft.gateway.problem.ProblemException;
import io.graft.gateway.route.RequestPath;
import io.graft.gateway.route.Route;
import io.graft.gateway.route.RouteTable;
import io.graft.gateway.upstream.GatewayConfig;
import io.graft.gateway.upstream.Upstream;
import io.grpc.Metadata;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;

/** Serves every RPC that has an HTTP annotation. */
@Singleton
public final class GatewayRoutes {
    private static final String ROUTE = Route.class.getName();

    private final RouteTable routes = RouteTable.graft();
    private final ProtoJson json = ProtoJson.of(routes);
    private final RequestReader requests = new RequestReader(json);
    private final Failures failures = new Failures(json);
    private final CallThreads threads;
    private final Upstream upstream;
    private final GatewayConfig config;

    @Inject
    GatewayRoutes(Upstream upstream, GatewayConfig config) {
        this.upstream = upstream;
        this.config = config;
        this.threads = new CallThreads(config.callsAtOnce(), config.callsWaiting());
    }

    void register(@Observes Router router) {
        BodyHandler body = BodyHandler.create(false).setBodyLimit(config.maxBodyBytes());
        for (String root : routes.roots()) {
            for (Handler<RoutingContext> step : List.<Handler<RoutingContext>>of(this::route, body, this::call)) {
                router.route("/" + root + "/*").handler(step).failureHandler(failures::answer);
            }
        }
        router.route()
                .order(Integer.MAX_VALUE)
                .handler(context -> context.fail(new ProblemException(noSuchPath())))
                .failureHandler(failures::answer);
    }

    @PreDestroy
    void close() {
        threads.close();
    }

    private void route(RoutingContext context) {
        Exchange exchange = Exchange.of(context);
        exchange.label("/{other}");
        HttpServerRequest request = context.request();
        switch (routes.find(
                request.method().name(), RequestPath.parse(Objects.requireNonNullElse(request.path(), "")))) {
            case Route.Found found -> {
                exchange.label(found.binding().pattern());
                requireJson(request);
                context.put(ROUTE, found).next();
            }
            case Route.OtherVerb(var allowed) -> {
                String verbs = String.join(", ", allowed);
                context.response().putHeader("Allow", verbs);
                throw new ProblemException(
                        Problem.of(405, Code.UNIMPLEMENTED, "METHOD_NOT_ALLOWED", "this path takes " + verbs));
            }
            case Route.None _ -> throw new ProblemException(noSuchPath());
        }
    }

    private void call(RoutingContext context) {
        Route.Found found = Objects.requireNonNull(context.get(ROUTE), ROUTE);
        Exchange exchange = Exchange.of(context);
        Metadata metadata = exchange.metadata();
        Map<String, List<String>> query = QueryString.parse(context.request().query());
        String body = BodyText.of(context.body().buffer());
        if (found.binding().rpc().streams()) {
            LastEvent.apply(
                    context.request().getHeader("Last-Event-ID"),
                    found.binding().rpc(),
                    query);
            Message request = requests.read(found, query, body);
            new EventStream(exchange, upstream.stream(found.binding().rpc()), json, failures)
                    .start(request, metadata, config.heartbeat());
        } else {
            Future<?> work = threads.submit(() -> unary(exchange, found, metadata, query, body));
            context.response().closeHandler(_ -> work.cancel(true));
        }
    }

    private void unary(
            Exchange exchange, Route.Found found, Metadata metadata, Map<String, List<String>> query, String body) {
        try {
            Message request = requests.read(found, query, body);
            Upstream.Answer answer = upstream.call(found.binding().rpc(), request, metadata);
            exchange.json(json.print(answer.message()), answer.headers());
        } catch (RuntimeException e) {
            failures.answer(exchange, e);
        }
    }

    private static void requireJson(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        boolean hasBody = request.headers().contains("Transfer-Encoding") || (length != null && !length.equals("0"));
        String type = String.valueOf(request.getHeader("Content-Type")).toLowerCase(Locale.ROOT);
        if (hasBody && !type.matches("application/json *(; *charset=\"?utf-8\"? *)?")) {
            throw new ProblemException(Problem.of(
                    415,
                    Code.INVALID_ARGUMENT,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "send the body as application/json in UTF-8"));
        }
    }

    private static Problem noSuchPath() {
        return Problem.of(404, Code.NOT_FOUND, "NOT_FOUND", "no such path; /openapi.json lists them all");
    }
}
