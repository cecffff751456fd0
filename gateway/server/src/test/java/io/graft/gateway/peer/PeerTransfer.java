package io.graft.gateway.peer;

import com.google.protobuf.Any;
import io.graft.v1.Job;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.TransferServiceGrpc;
import io.grpc.stub.StreamObserver;

/** Echoes a submission as the job it would be. */
final class PeerTransfer extends TransferServiceGrpc.TransferServiceImplBase {
    @Override
    public void submitGraft(SubmitGraftRequest request, StreamObserver<Job> answer) {
        PeerRegistry.reply(
                answer,
                Job.newBuilder()
                        .setName(request.getParent() + "/jobs/new")
                        .setRequestId(request.getRequestId())
                        .putAllLabels(request.getLabelsMap())
                        .setSpec(Any.pack(request.getSpec()))
                        .build());
    }
}
