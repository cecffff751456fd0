package io.graft.transfer.api;

import static io.graft.platform.grpc.Calls.answer;
import static io.graft.platform.grpc.Calls.mutation;
import static io.graft.platform.grpc.Calls.tenant;

import io.graft.transfer.domain.Submissions;
import io.graft.v1.Job;
import io.graft.v1.SubmitDiffRequest;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.TransferServiceGrpc;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** {@code graft.v1.TransferService}. */
@GrpcService
@Blocking
public final class TransferGrpcService extends TransferServiceGrpc.TransferServiceImplBase {
    private final Submissions submissions;

    TransferGrpcService(Transfer transfer) {
        this.submissions = transfer.submissions();
    }

    @Override
    public void submitGraft(SubmitGraftRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.graft(tenant(request.getParent()), request, mutation(request)));
    }

    @Override
    public void submitDiff(SubmitDiffRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.diff(tenant(request.getParent()), request, mutation(request)));
    }
}
