package io.graft.finetuning.api;

import static io.graft.platform.grpc.Calls.answer;
import static io.graft.platform.grpc.Calls.mutation;
import static io.graft.platform.grpc.Calls.tenant;

import io.graft.finetuning.domain.Submissions;
import io.graft.v1.FinetuningServiceGrpc;
import io.graft.v1.Job;
import io.graft.v1.SubmitCombineRequest;
import io.graft.v1.SubmitFinetuneRequest;
import io.graft.v1.SubmitMergeRequest;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** {@code graft.v1.FinetuningService}. */
@GrpcService
@Blocking
public final class FinetuningGrpcService extends FinetuningServiceGrpc.FinetuningServiceImplBase {
    private final Submissions submissions;

    FinetuningGrpcService(Finetuning finetuning) {
        this.submissions = finetuning.submissions();
    }

    @Override
    public void submitFinetune(SubmitFinetuneRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.finetune(tenant(request.getParent()), request, mutation(request)));
    }

    @Override
    public void submitMerge(SubmitMergeRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.merge(tenant(request.getParent()), request, mutation(request)));
    }

    @Override
    public void submitCombine(SubmitCombineRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.combine(tenant(request.getParent()), request, mutation(request)));
    }
}
