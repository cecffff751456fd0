package io.graft.pruning.api;

import static io.graft.platform.grpc.Calls.answer;
import static io.graft.platform.grpc.Calls.mutation;
import static io.graft.platform.grpc.Calls.tenant;

import io.graft.pruning.domain.Submissions;
import io.graft.v1.Job;
import io.graft.v1.PruningServiceGrpc;
import io.graft.v1.SubmitPruningRequest;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** {@code graft.v1.PruningService}. */
@GrpcService
@Blocking
public final class PruningGrpcService extends PruningServiceGrpc.PruningServiceImplBase {
    private final Submissions submissions;

    PruningGrpcService(Pruning pruning) {
        this.submissions = pruning.submissions();
    }

    @Override
    public void submitPruning(SubmitPruningRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.prune(tenant(request.getParent()), request, mutation(request)));
    }
}
