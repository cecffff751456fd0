package io.graft.platform.grpc;

import io.agroal.api.AgroalDataSource;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.error.Violations;
import io.graft.platform.jobs.JobRuntime;
import io.graft.platform.service.ServiceRuntime;
import io.graft.platform.service.ServiceRuntimes;
import io.graft.v1.Job;
import io.graft.v1.SubmitDiffRequest;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.TransferServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.agroal.DataSource;
import io.quarkus.grpc.GrpcService;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.logging.MDC;

/** A service that owns jobs, and another whose answers are the failures that a test asks for. */
@Singleton
class TestService {
    private final ServiceRuntime runtime;
    private final JobRuntime jobs;

    TestService(ServiceRuntimes runtimes, @DataSource("test") AgroalDataSource dataSource) {
        runtime = runtimes.create("test", dataSource);
        jobs = runtime.ownJobs();
    }

    void start(@Observes StartupEvent event) {
        runtime.start();
    }

    @Produces
    JobRuntime jobs() {
        return jobs;
    }

    @GrpcService
    static class Failures extends TransferServiceGrpc.TransferServiceImplBase {
        @Override
        @Blocking
        public void submitGraft(SubmitGraftRequest request, StreamObserver<Job> observer) {
            answer(request.getRequestId(), observer);
        }

        @Override
        public void submitDiff(SubmitDiffRequest request, StreamObserver<Job> observer) {
            answer(request.getRequestId(), observer);
        }

        private static void answer(String wish, StreamObserver<Job> observer) {
            switch (wish) {
                case "unknown" -> throw new IllegalStateException("secret detail");
                case "error" -> throw new StackOverflowError("deep");
                case "observer" -> observer.onError(new GraftException(ErrorCode.NOT_FOUND, "not there"));
                case "unavailable" -> throw new GraftException(ErrorCode.DATABASE_UNAVAILABLE, "away");
                case "precondition" ->
                    throw new GraftException(
                            ErrorCode.TENSOR_MISMATCH, "shapes differ", Map.of("tensor", "encoder.weight"));
                case "disk" -> throw new GraftException(ErrorCode.DISK_SPACE, "full");
                case "fields" -> {
                    Violations violations = new Violations();
                    violations.add("spec.lambda", "too large");
                    violations.add("spec.target", "missing");
                    violations.throwIfAny();
                }
                case "status" ->
                    throw Status.DEADLINE_EXCEEDED.withDescription("late").asRuntimeException();
                case "twice" -> {
                    observer.onNext(Job.getDefaultInstance());
                    observer.onCompleted();
                    throw new IllegalStateException("after the end");
                }
                default -> {
                    observer.onNext(Job.newBuilder()
                            .setName(Caller.current().principal())
                            .setTraceId(Caller.current().trace().traceId())
                            .putLabels("thread", Thread.currentThread().getName())
                            .putLabels("mdc", String.valueOf(MDC.get("requestId")))
                            .build());
                    observer.onCompleted();
                }
            }
        }
    }
}
