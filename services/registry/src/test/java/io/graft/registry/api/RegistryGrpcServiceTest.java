package io.graft.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.graft.registry.TinyModel;
import io.graft.v1.Alias;
import io.graft.v1.ArtifactFile;
import io.graft.v1.CommitUploadRequest;
import io.graft.v1.CreateDatasetRequest;
import io.graft.v1.CreateDownloadRequest;
import io.graft.v1.CreateModelRequest;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.GetAliasRequest;
import io.graft.v1.GetDatasetRequest;
import io.graft.v1.GetLineageRequest;
import io.graft.v1.GetModelRequest;
import io.graft.v1.GetModelVersionRequest;
import io.graft.v1.GetUploadRequest;
import io.graft.v1.ListAliasesRequest;
import io.graft.v1.ListDatasetVersionsRequest;
import io.graft.v1.ListDatasetsRequest;
import io.graft.v1.ListModelVersionsRequest;
import io.graft.v1.ListModelsRequest;
import io.graft.v1.ListTensorsRequest;
import io.graft.v1.Model;
import io.graft.v1.ModelVersion;
import io.graft.v1.PresignedFile;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.RegistryServiceGrpc.RegistryServiceBlockingStub;
import io.graft.v1.SetAliasRequest;
import io.graft.v1.Upload;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Parts.class)
final class RegistryGrpcServiceTest {
    private static final String TENANT = "tenants/default";

    private ManagedChannel channel;
    private RegistryServiceBlockingStub anyone;
    private RegistryServiceBlockingStub registry;

    @BeforeEach
    void connect() {
        channel = Parts.channel();
        anyone = RegistryServiceGrpc.newBlockingStub(channel);
        registry = anyone.withInterceptors(Parts.as("default"));
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void anUploadedModelIsFoundUnderItsAliasAndComesBack() throws Exception {
        String model = createModel("walk");
        TinyModel tiny = TinyModel.sound(1);
        Upload upload = registry.createUpload(CreateUploadRequest.newBuilder()
                .setParent(model)
                .addAllFiles(tiny.announced())
                .build());
        for (PresignedFile target : upload.getTargetsList()) {
            send(target, tiny.content(target.getPath()));
        }
        assertThat(registry.getUpload(GetUploadRequest.newBuilder()
                                .setName(upload.getName())
                                .build())
                        .getTargetsList())
                .isEmpty();
        String version = registry.commitUpload(CommitUploadRequest.newBuilder()
                        .setName(upload.getName())
                        .build())
                .getVersion();
        registry.setAlias(SetAliasRequest.newBuilder()
                .setAlias(Alias.newBuilder().setName(model + "/aliases/base").setVersion(version))
                .build());
        ModelVersion found = registry.getModelVersion(GetModelVersionRequest.newBuilder()
                .setName(model + "/aliases/base")
                .build());
        assertThat(found.getName()).isEqualTo(version);
        assertThat(found.getDigest()).isEqualTo(tiny.digest());
        PresignedFile config = registry.createDownload(CreateDownloadRequest.newBuilder()
                        .setName(version)
                        .addPaths("config.json")
                        .build())
                .getFiles(0);
        assertThat(send(config, new byte[0])).isEqualTo(tiny.content("config.json"));
        assertThat(registry.listTensors(ListTensorsRequest.newBuilder()
                                .setParent(version)
                                .build())
                        .getTensorsList())
                .hasSize(1);
        assertThat(registry.listModelVersions(ListModelVersionsRequest.newBuilder()
                                .setParent(model)
                                .setFilter("kind = FULL")
                                .build())
                        .getModelVersionsList())
                .hasSize(1);
        assertThat(registry.listAliases(
                                ListAliasesRequest.newBuilder().setParent(model).build())
                        .getAliasesList())
                .hasSize(1);
        assertThat(registry.getLineage(
                                GetLineageRequest.newBuilder().setName(version).build())
                        .getRoot())
                .isEqualTo(version);
    }

    @Test
    void keepsDataSetsApartFromModels() {
        createModel("shared-name");
        registry.createDataset(CreateDatasetRequest.newBuilder()
                .setParent(TENANT)
                .setDatasetId("shared-name")
                .build());
        String dataset = TENANT + "/datasets/shared-name";
        assertThat(registry.getDataset(
                                GetDatasetRequest.newBuilder().setName(dataset).build())
                        .getName())
                .isEqualTo(dataset);
        assertThat(registry.listDatasets(ListDatasetsRequest.newBuilder()
                                .setParent(TENANT)
                                .build())
                        .getDatasetsList())
                .hasSize(1);
        assertThat(registry.listDatasetVersions(ListDatasetVersionsRequest.newBuilder()
                                .setParent(dataset)
                                .build())
                        .getDatasetVersionsList())
                .isEmpty();
        assertThat(registry.listModels(ListModelsRequest.newBuilder()
                                .setParent(TENANT)
                                .setFilter("labels.test = shared-name")
                                .build())
                        .getModelsList())
                .hasSize(1);
    }

    @Test
    void authorisesBeforeItLooksAtAnything() {
        StatusRuntimeException other = refusal(() -> registry.getModel(GetModelRequest.newBuilder()
                .setName("tenants/other/models/any/versions/1")
                .build()));
        assertThat(other.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        StatusRuntimeException unknown = refusal(() -> anyone.getModel(
                GetModelRequest.newBuilder().setName(TENANT + "/models/any").build()));
        assertThat(unknown.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        StatusRuntimeException forged = refusal(() -> anyone.withInterceptors(Parts.bearer("forged"))
                .getAlias(GetAliasRequest.newBuilder()
                        .setName(TENANT + "/models/any/aliases/base")
                        .build()));
        assertThat(forged.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void saysWhyAndNamesEveryBadField() {
        StatusRuntimeException absent = refusal(() -> registry.getModel(
                GetModelRequest.newBuilder().setName(TENANT + "/models/absent").build()));
        assertThat(detail(absent, ErrorInfo.class).getReason()).isEqualTo("NOT_FOUND");
        String model = createModel("strict");
        StatusRuntimeException bad = refusal(() -> registry.createUpload(CreateUploadRequest.newBuilder()
                .setParent(model)
                .addFiles(ArtifactFile.newBuilder().setPath("../a").setSha256("x"))
                .build()));
        assertThat(bad.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(detail(bad, BadRequest.class).getFieldViolationsList())
                .extracting(BadRequest.FieldViolation::getField)
                .containsExactly("files[0].path", "files[0].sha256");
    }

    private String createModel(String id) {
        return registry.createModel(CreateModelRequest.newBuilder()
                        .setParent(TENANT)
                        .setModelId(id)
                        .setModel(Model.newBuilder().putLabels("test", id))
                        .build())
                .getName();
    }

    private static StatusRuntimeException refusal(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call), "was not refused");
    }

    private static <T extends Message> T detail(StatusRuntimeException refusal, Class<T> type) {
        com.google.rpc.Status status = Objects.requireNonNull(StatusProto.fromThrowable(refusal));
        Any detail = status.getDetailsList().stream()
                .filter(any -> any.is(type))
                .findFirst()
                .orElseThrow();
        try {
            return detail.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] send(PresignedFile target, byte[] content) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target.getUrl()))
                .method(
                        target.getMethod(),
                        content.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(content));
        target.getHeadersMap().entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("content-length"))
                .filter(header -> !header.getKey().equalsIgnoreCase("host"))
                .forEach(header -> request.header(header.getKey(), header.getValue()));
        try (HttpClient client = HttpClient.newHttpClient()) {
            var response = client.send(request.build(), BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        }
    }
}
