package io.graft.gateway.peer;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.graft.v1.CancelJobRequest;
import io.graft.v1.GetJobRequest;
import io.graft.v1.GraftSpec;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.WatchJobRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs that behave as their id says. */
final class PeerJobs extends JobServiceGrpc.JobServiceImplBase {
    private static final int FLOOD = 5_000;

    private final PeerRegistry registry;
    private final AtomicInteger flakyCalls = new AtomicInteger();

    PeerJobs(PeerRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void getJob(GetJobRequest request, StreamObserver<Job> answer) {
        String id = id(request.getName());
        switch (id) {
            case "missing" -> answer.onError(failure(Code.NOT_FOUND, "NOT_FOUND", "no such job"));
            case "refused" -> answer.onError(refused());
            case "intruder" ->
                answer.onError(failure(Code.UNAUTHENTICATED, "UNAUTHENTICATED", "the token has expired"));
            case "busy" ->
                answer.onError(failure(
                        Code.RESOURCE_EXHAUSTED,
                        "DISK_SPACE",
                        "the disk is full",
                        RetryInfo.newBuilder()
                                .setRetryDelay(
                                        Duration.newBuilder().setSeconds(7).setNanos(1))
                                .build()));
            case "silent" -> {
                // Never answers; the caller's deadline ends the call.
            }
            case "broken" -> throw new IllegalStateException("secret innards");
            case "flaky" -> {
                if (flakyCalls.incrementAndGet() % 3 == 0) {
                    PeerRegistry.reply(answer, job(request.getName()));
                } else {
                    answer.onError(io.grpc.Status.UNAVAILABLE.asRuntimeException());
                }
            }
            default -> PeerRegistry.reply(answer, job(request.getName()));
        }
    }

    @Override
    public void cancelJob(CancelJobRequest request, StreamObserver<Job> answer) {
        PeerRegistry.reply(
                answer,
                Job.newBuilder()
                        .setName(request.getName())
                        .setEtag(request.getEtag())
                        .build());
    }

    @Override
    public void watchJob(WatchJobRequest request, StreamObserver<JobEvent> answer) {
        ServerCallStreamObserver<JobEvent> events = (ServerCallStreamObserver<JobEvent>) answer;
        switch (id(request.getName())) {
            case "missing" -> answer.onError(failure(Code.NOT_FOUND, "NOT_FOUND", "no such job"));
            case "quiet" -> events.setOnCancelHandler(registry.cancelledStreams::incrementAndGet);
            case "doomed" -> {
                answer.onNext(event(request, 1, "begun"));
                answer.onError(failure(Code.DATA_LOSS, "DIGEST_MISMATCH", "history damaged"));
            }
            case "flood" -> flood(request, events);
            default -> {
                for (long sequence = request.getFromSequence() + 1; sequence <= 3; sequence++) {
                    answer.onNext(event(request, sequence, "event " + sequence));
                }
                answer.onCompleted();
            }
        }
    }

    private void flood(WatchJobRequest request, ServerCallStreamObserver<JobEvent> events) {
        AtomicInteger sequence = new AtomicInteger();
        events.setOnCancelHandler(registry.cancelledStreams::incrementAndGet);
        events.setOnReadyHandler(() -> {
            while (events.isReady() && sequence.get() < FLOOD) {
                events.onNext(event(request, sequence.incrementAndGet(), "x".repeat(10_000)));
                registry.sentEvents.incrementAndGet();
            }
            if (sequence.get() == FLOOD) {
                events.onCompleted();
            }
        });
    }

    private static JobEvent event(WatchJobRequest request, long sequence, String message) {
        return JobEvent.newBuilder()
                .setJob(request.getName())
                .setSequence(sequence)
                .setMessage(message)
                .build();
    }

    private static Job job(String name) {
        GraftSpec spec = GraftSpec.newBuilder().setTarget("t").setLambda(0.5).build();
        return Job.newBuilder()
                .setName(name)
                .setSequence(9_007_199_254_740_993L)
                .setSpec(Any.pack(spec))
                .build();
    }

    private static StatusRuntimeException refused() {
        BadRequest fields = BadRequest.newBuilder()
                .addFieldViolations(FieldViolation.newBuilder().setField("a").setDescription("first"))
                .addFieldViolations(FieldViolation.newBuilder().setField("b").setDescription("second"))
                .build();
        return failure(Code.INVALID_ARGUMENT, "INVALID_REQUEST", "two bad fields", fields);
    }

    private static StatusRuntimeException failure(Code code, String reason, String message, Message... further) {
        Status.Builder status = Status.newBuilder().setCode(code.getNumber()).setMessage(message);
        status.addDetails(Any.pack(ErrorInfo.newBuilder()
                .setReason(reason)
                .setDomain("peer.test")
                .putMetadata("tensor", "w")
                .build()));
        for (Message detail : further) {
            status.addDetails(Any.pack(detail));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    private static String id(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
