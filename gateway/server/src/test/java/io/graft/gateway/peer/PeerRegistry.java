package io.graft.gateway.peer;

import io.graft.v1.Alias;
import io.graft.v1.CreateModelRequest;
import io.graft.v1.GetModelRequest;
import io.graft.v1.GetModelVersionRequest;
import io.graft.v1.ListModelsRequest;
import io.graft.v1.ListModelsResponse;
import io.graft.v1.Model;
import io.graft.v1.ModelVersion;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.SetAliasRequest;
import io.grpc.Metadata;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicInteger;

/** Echoes requests; model {@code headers} shows the headers received, model {@code counts} what the peer counted. */
final class PeerRegistry extends RegistryServiceGrpc.RegistryServiceImplBase {
    final AtomicInteger cancelledStreams = new AtomicInteger();
    final AtomicInteger sentEvents = new AtomicInteger();

    @Override
    public void getModel(GetModelRequest request, StreamObserver<Model> answer) {
        Model.Builder model = Model.newBuilder().setName(request.getName());
        if (request.getName().endsWith("/headers")) {
            Metadata headers = PeerHeaders.current();
            for (String name : headers.keys()) {
                String value = headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
                model.putLabels(name, String.valueOf(value));
            }
        } else if (request.getName().endsWith("/counts")) {
            model.putLabels("cancelled", Integer.toString(cancelledStreams.get()));
            model.putLabels("sent", Integer.toString(sentEvents.get()));
        }
        reply(answer, model.build());
    }

    @Override
    public void getModelVersion(GetModelVersionRequest request, StreamObserver<ModelVersion> answer) {
        reply(answer, ModelVersion.newBuilder().setName(request.getName()).build());
    }

    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> answer) {
        Model echo = Model.newBuilder()
                .setName(request.getParent())
                .putLabels("page_size", Integer.toString(request.getPageSize()))
                .putLabels("filter", request.getFilter())
                .build();
        reply(answer, ListModelsResponse.newBuilder().addModels(echo).build());
    }

    @Override
    public void createModel(CreateModelRequest request, StreamObserver<Model> answer) {
        reply(
                answer,
                request.getModel().toBuilder()
                        .setName(request.getParent() + "/models/" + request.getModelId())
                        .setEtag(request.getRequestId() + "/" + request.getValidateOnly())
                        .build());
    }

    @Override
    public void setAlias(SetAliasRequest request, StreamObserver<Alias> answer) {
        reply(answer, request.getAlias());
    }

    static <T> void reply(StreamObserver<T> answer, T message) {
        answer.onNext(message);
        answer.onCompleted();
    }
}
