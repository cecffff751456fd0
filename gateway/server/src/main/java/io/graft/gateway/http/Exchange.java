package io.graft.gateway.http;

import io.graft.gateway.problem.Problem;
import io.graft.gateway.problem.ProblemException;
import io.graft.gateway.upstream.CallHeaders;
import io.grpc.Metadata;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** One request and its answer. Answers may be given from any thread, once. */
final class Exchange {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]*");
    private static final String METRIC_LABEL = "UrlPathTemplate";
    private static final String KEY = Exchange.class.getName();

    private final RoutingContext routing;
    private final Context loop;
    private final String requestId;

    private Exchange(RoutingContext routing) {
        this.routing = routing;
        this.loop = routing.vertx().getOrCreateContext();
        String given = routing.request().getHeader(CallHeaders.REQUEST_ID);
        this.requestId = given != null && REQUEST_ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }

    /** The exchange of a request, begun when first asked for; call on the request's event loop. */
    static Exchange of(RoutingContext routing) {
        Exchange known = routing.get(KEY);
        if (known != null) {
            return known;
        }
        Exchange begun = new Exchange(routing);
        routing.put(KEY, begun);
        routing.response().putHeader(CallHeaders.REQUEST_ID, begun.requestId).putHeader("Cache-Control", "no-store");
        return begun;
    }

    RoutingContext routing() {
        return routing;
    }

    String requestId() {
        return requestId;
    }

    /** Names the request in metrics by its route, as ids in paths would make a time series each. */
    void label(String route) {
        loop.putLocal(METRIC_LABEL, route);
    }

    /** Runs on the request's event loop, where alone the response may be streamed. */
    void onLoop(Runnable action) {
        loop.runOnContext(_ -> action.run());
    }

    /**
     * What travels to the service.
     *
     * @throws ProblemException when a header is given twice or can't travel
     */
    Metadata metadata() {
        Metadata metadata = new Metadata();
        metadata.put(CallHeaders.key(CallHeaders.REQUEST_ID), requestId);
        forward(CallHeaders.AUTHORIZATION, metadata);
        forward(CallHeaders.TRACEPARENT, metadata);
        return metadata;
    }

    void json(String body, Metadata headers) {
        onLoop(() -> {
            HttpServerResponse response = routing.response();
            for (String name : CallHeaders.ECHOED) {
                String value = headers.get(CallHeaders.key(name));
                if (value != null) {
                    response.putHeader(name, value);
                }
            }
            end(200, "application/json", body);
        });
    }

    void problem(Problem problem) {
        onLoop(() -> {
            HttpServerResponse response = routing.response();
            if (problem.status() == 401) {
                response.putHeader("WWW-Authenticate", challenge());
            }
            problem.retryAfterSeconds().ifPresent(seconds -> response.putHeader("Retry-After", Long.toString(seconds)));
            end(problem.status(), Problem.MEDIA_TYPE, problem.toJson(requestId).toString());
        });
    }

    private void end(int status, String type, String body) {
        HttpServerResponse response = routing.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status).putHeader("Content-Type", type).end(body);
        }
    }

    private String challenge() {
        boolean tokenGiven = routing.request().headers().contains(CallHeaders.AUTHORIZATION);
        return "Bearer realm=\"graft\"" + (tokenGiven ? ", error=\"invalid_token\"" : "");
    }

    private void forward(String header, Metadata metadata) {
        List<String> values = routing.request().headers().getAll(header);
        if (values.size() > 1) {
            throw ProblemException.invalid("header " + header + " is given more than once");
        }
        for (String value : values) {
            if (!PRINTABLE.matcher(value).matches()) {
                throw ProblemException.invalid("header " + header + " holds characters other than printable ASCII");
            }
            metadata.put(CallHeaders.key(header), value);
        }
    }
}
