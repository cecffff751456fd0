package io.graft.cli.demo;

import io.graft.cli.file.FileUpload;
import io.graft.cli.file.FolderScan;
import io.graft.cli.file.ModelUpload;
import io.graft.cli.file.RequestIds;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.model.Versions;
import io.graft.cli.source.ModelSources;
import io.graft.cli.source.StagedModel;
import io.graft.v1.ArtifactKind;
import io.graft.v1.CreateDatasetRequest;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.Dataset;
import io.graft.v1.DatasetVersion;
import io.graft.v1.GetDatasetRequest;
import io.graft.v1.GetDatasetVersionRequest;
import io.graft.v1.ModelVersion;
import io.graft.v1.Upload;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Gets the demonstration's models and data and makes them versions; those that are registered already are found again. */
final class DemoInputs {
    static final String DATASET = "movie-snippets";
    private static final List<String> FILES = List.of("train.jsonl", "test.jsonl");

    private final Invocation invocation;

    DemoInputs(Invocation invocation) {
        this.invocation = invocation;
    }

    DemoInput model(DemoModel model) {
        StagedModel staged = new ModelSources(invocation).published(model.id());
        Upload upload = new ModelUpload(invocation)
                .run(
                        staged.files(),
                        CreateUploadRequest.newBuilder()
                                .setParent(invocation.names().model(model.id()))
                                .setKind(ArtifactKind.ARTIFACT_KIND_FULL)
                                .build(),
                        staged.description());
        ModelVersion version = Versions.find(invocation, upload.getVersion());
        return new DemoInput(model.role(), version.getName(), version.getDigest());
    }

    /** 4,000 snippets of film reviews with the sign of their mean rating; SOURCE.md beside them says where from. */
    DemoInput data() throws IOException {
        Path folder = invocation.home().cache().resolve(DATASET);
        Files.createDirectories(folder);
        for (String file : FILES) {
            try (InputStream bundled = DemoInputs.class.getResourceAsStream(DATASET + "/" + file)) {
                if (bundled == null) {
                    throw new IOException("This build carries no " + DATASET + "/" + file);
                }
                Files.copy(bundled, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        String dataset = invocation.names().dataset(DATASET);
        createIfAbsent(dataset);
        Upload upload = new FileUpload(invocation)
                .run(
                        FolderScan.scan(folder, List.of()),
                        CreateUploadRequest.newBuilder().setParent(dataset).build());
        DatasetVersion version = invocation
                .services()
                .registry()
                .getDatasetVersion(GetDatasetVersionRequest.newBuilder()
                        .setName(upload.getVersion())
                        .build());
        return new DemoInput("data", version.getName(), version.getDigest());
    }

    private void createIfAbsent(String dataset) {
        try {
            invocation
                    .services()
                    .registry()
                    .getDataset(GetDatasetRequest.newBuilder().setName(dataset).build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
                throw e;
            }
            CreateDatasetRequest request = CreateDatasetRequest.newBuilder()
                    .setParent(invocation.names().tenant())
                    .setDatasetId(DATASET)
                    .setDataset(Dataset.newBuilder().setDescription("Snippets of film reviews, positive or negative"))
                    .build();
            invocation
                    .services()
                    .registry()
                    .createDataset(request.toBuilder()
                            .setRequestId(RequestIds.of("dataset", request))
                            .build());
        }
    }
}
