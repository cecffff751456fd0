package io.graft.cli.demo;

import io.graft.cli.file.ModelUpload;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.model.Versions;
import io.graft.cli.source.ModelSources;
import io.graft.cli.source.StagedModel;
import io.graft.v1.ArtifactKind;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.Upload;
import java.util.ArrayList;
import java.util.List;

/** Gets the demonstration's models and makes them versions; those that are registered already are found again. */
final class DemoInputs {
    private final Invocation invocation;

    DemoInputs(Invocation invocation) {
        this.invocation = invocation;
    }

    /** In the order of {@link DemoModel}. */
    List<DemoInput> register() {
        List<DemoInput> inputs = new ArrayList<>();
        for (DemoModel model : DemoModel.values()) {
            invocation
                    .output()
                    .note((model.ordinal() + 1) + "/" + DemoModel.values().length + " " + model.description());
            inputs.add(register(model));
        }
        return List.copyOf(inputs);
    }

    private DemoInput register(DemoModel model) {
        StagedModel staged = new ModelSources(invocation).published(model.id());
        Upload upload = new ModelUpload(invocation)
                .run(
                        staged.files(),
                        CreateUploadRequest.newBuilder()
                                .setParent(invocation.names().model(model.id()))
                                .setKind(ArtifactKind.ARTIFACT_KIND_FULL)
                                .build(),
                        staged.description());
        return new DemoInput(model.role(), Versions.find(invocation, upload.getVersion()));
    }
}
