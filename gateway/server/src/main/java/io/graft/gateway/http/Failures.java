package io.graft.gateway.http;

import com.google.rpc.Code;
import io.graft.gateway.message.ProtoJson;
import io.graft.gateway.problem.Problem;
import io.graft.gateway.problem.ProblemException;
import io.graft.gateway.problem.StatusProblems;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The one place where whatever went wrong becomes a problem document; what is ours is logged under the request id. */
final class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);

    private final StatusProblems statuses;

    Failures(ProtoJson json) {
        this.statuses = new StatusProblems(json.detailPrinter());
    }

    /** Answers a failed request. */
    void answer(RoutingContext routing) {
        Exchange exchange = Exchange.of(routing);
        exchange.problem(problem(exchange, routing.failure(), routing.statusCode()));
    }

    /** Answers a request that failed with {@code failure}. */
    void answer(Exchange exchange, Throwable failure) {
        exchange.problem(problem(exchange, failure, 500));
    }

    Problem problem(Exchange exchange, @Nullable Throwable failure, int status) {
        return switch (failure) {
            case ProblemException refused -> refused.problem();
            case StatusRuntimeException ended -> ended(exchange, ended);
            case HttpException http -> plain(http.getStatusCode());
            case null -> plain(status);
            default -> {
                LOG.errorf(failure, "request %s failed", exchange.requestId());
                yield plain(500);
            }
        };
    }

    private Problem ended(Exchange exchange, StatusRuntimeException ended) {
        Metadata trailers = ended.getTrailers();
        Problem problem = statuses.of(ended.getStatus(), trailers == null ? new Metadata() : trailers);
        if (problem.status() >= 500) {
            LOG.warnf(
                    "request %s: upstream answered %s: %s",
                    exchange.requestId(),
                    ended.getStatus().getCode(),
                    ended.getStatus().getDescription());
        }
        return problem;
    }

    private static Problem plain(int status) {
        return switch (status) {
            case 413 ->
                Problem.of(
                        413,
                        Code.INVALID_ARGUMENT,
                        "BODY_TOO_LARGE",
                        "the body is longer than the gateway takes;"
                                + " bytes of models travel by presigned URL, see CreateUpload");
            case 400 ->
                Problem.of(400, Code.INVALID_ARGUMENT, "INVALID_REQUEST", "the request is not well-formed HTTP");
            default ->
                Problem.of(500, Code.INTERNAL, "INTERNAL", "the gateway failed; look the request id up in its log");
        };
    }
}
