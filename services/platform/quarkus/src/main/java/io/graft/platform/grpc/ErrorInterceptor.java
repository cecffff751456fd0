package io.graft.platform.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Answers every failure of a call as {@link ErrorStatus} has it, whether it is thrown by an interceptor further in, thrown by
 * the method, or given to its stream observer.
 */
@ApplicationScoped
@GlobalInterceptor
class ErrorInterceptor implements ServerInterceptor, Prioritized {
    private static final Logger LOG = Logger.getLogger(ErrorInterceptor.class);

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        Mapping<Q, S> mapping = new Mapping<>(call, RequestContext.current().requestId());
        try {
            return new Guarded<>(next.startCall(mapping, headers), mapping);
        } catch (RuntimeException e) {
            mapping.fail(e);
            return new ServerCall.Listener<>() {};
        }
    }

    @Override
    public int getPriority() {
        return InterceptorOrder.ERRORS;
    }

    private static final class Mapping<Q, S> extends SimpleForwardingServerCall<Q, S> {
        private final String requestId;
        private final AtomicBoolean closed = new AtomicBoolean();

        Mapping(ServerCall<Q, S> call, String requestId) {
            super(call);
            this.requestId = requestId;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (closed.getAndSet(true)) {
                LOG.warnf(status.getCause(), "%s ended twice, the second time with %s", method(), status.getCode());
                return;
            }
            if (status.isOk()) {
                super.close(status, trailers);
            } else {
                ErrorStatus.Answer answer = ErrorStatus.of(status, trailers, method(), requestId);
                super.close(answer.status(), answer.trailers());
            }
        }

        void fail(Throwable thrown) {
            Metadata trailers = Status.trailersFromThrowable(thrown);
            close(Status.fromThrowable(thrown), trailers == null ? new Metadata() : trailers);
        }

        private String method() {
            return getMethodDescriptor().getFullMethodName();
        }
    }

    /** After a failure the method hears of nothing but the end. */
    private static final class Guarded<Q> extends EachCallback<Q> {
        private final Mapping<Q, ?> mapping;
        private volatile boolean failed;

        Guarded(ServerCall.Listener<Q> listener, Mapping<Q, ?> mapping) {
            super(listener);
            this.mapping = mapping;
        }

        @Override
        void run(Runnable callback) {
            if (failed) {
                return;
            }
            try {
                callback.run();
            } catch (RuntimeException e) {
                failed = true;
                mapping.fail(e);
            } catch (Error e) {
                failed = true;
                mapping.fail(e);
                throw e;
            }
        }
    }
}
