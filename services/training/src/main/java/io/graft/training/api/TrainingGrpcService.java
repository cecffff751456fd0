package io.graft.training.api;

import static io.graft.platform.grpc.Calls.answer;
import static io.graft.platform.grpc.Calls.mutation;
import static io.graft.platform.grpc.Calls.tenant;

import io.graft.training.domain.Submissions;
import io.graft.v1.Job;
import io.graft.v1.SubmitTrainRequest;
import io.graft.v1.TrainingServiceGrpc;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** {@code graft.v1.TrainingService}. */
@GrpcService
@Blocking
public final class TrainingGrpcService extends TrainingServiceGrpc.TrainingServiceImplBase {
    private final Submissions submissions;

    TrainingGrpcService(Training training) {
        this.submissions = training.submissions();
    }

    @Override
    public void submitTrain(SubmitTrainRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.train(tenant(request.getParent()), request, mutation(request)));
    }
}
