package io.graft.cli.file;

import io.graft.cli.invocation.Invocation;
import io.graft.cli.name.Names;
import io.graft.v1.CreateModelRequest;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.GetModelRequest;
import io.graft.v1.Model;
import io.graft.v1.Upload;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;

/** Makes files a version of a model, which it creates when it is absent. */
public final class ModelUpload {
    private final Invocation invocation;

    public ModelUpload(Invocation invocation) {
        this.invocation = invocation;
    }

    /** As {@link FileUpload#run}; the draft's parent is a model, {@code description} that of one that is created. */
    public Upload run(List<LocalFile> files, CreateUploadRequest draft, String description) {
        if (!draft.getValidateOnly()) {
            createIfAbsent(draft.getParent(), description);
        }
        return new FileUpload(invocation).run(files, draft);
    }

    private void createIfAbsent(String model, String description) {
        try {
            invocation
                    .services()
                    .registry()
                    .getModel(GetModelRequest.newBuilder().setName(model).build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
                throw e;
            }
            create(model, description);
        }
    }

    private void create(String model, String description) {
        CreateModelRequest request = CreateModelRequest.newBuilder()
                .setParent(model.substring(0, model.indexOf("/models/")))
                .setModelId(Names.id(model))
                .setModel(Model.newBuilder().setDescription(description))
                .build();
        invocation
                .services()
                .registry()
                .createModel(request.toBuilder()
                        .setRequestId(RequestIds.of("model", request))
                        .build());
        invocation.output().note("Created model " + Names.id(model));
    }
}
