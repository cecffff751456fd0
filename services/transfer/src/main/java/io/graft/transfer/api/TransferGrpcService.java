package io.graft.transfer.api;

import com.google.protobuf.Message;
import io.graft.platform.grpc.Caller;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.transfer.domain.Submissions;
import io.graft.v1.Job;
import io.graft.v1.SubmitDiffRequest;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.TransferServiceGrpc;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** {@code graft.v1.TransferService}. */
@GrpcService
@RunOnVirtualThread
public final class TransferGrpcService extends TransferServiceGrpc.TransferServiceImplBase {
    private final Submissions submissions;

    TransferGrpcService(Transfer transfer) {
        this.submissions = transfer.submissions();
    }

    @Override
    public void submitGraft(SubmitGraftRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.graft(authorized(request.getParent()), request, mutation(request)));
    }

    @Override
    public void submitDiff(SubmitDiffRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.diff(authorized(request.getParent()), request, mutation(request)));
    }

    private static TenantName authorized(String parent) {
        Caller.current().authorize(ResourceName.parse("parent", parent));
        return ResourceName.parse("parent", parent, TenantName.class);
    }

    private static Mutation mutation(Message request) {
        return Mutation.of(request, Caller.current().trace().traceparent());
    }

    private static void answer(StreamObserver<Job> observer, Job job) {
        observer.onNext(job);
        observer.onCompleted();
    }
}
