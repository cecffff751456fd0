package io.graft.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.v1.Alias;
import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import io.graft.v1.CreateModelRequest;
import io.graft.v1.GetModelVersionRequest;
import io.graft.v1.ListAliasesResponse;
import io.graft.v1.ListModelVersionsRequest;
import io.graft.v1.ListModelVersionsResponse;
import io.graft.v1.ListModelsResponse;
import io.graft.v1.ListTensorsRequest;
import io.graft.v1.ListTensorsResponse;
import io.graft.v1.Model;
import io.graft.v1.ModelVersion;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.SetAliasRequest;
import io.graft.v1.TensorSpec;
import io.graft.v1.VersionState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    private static final String MODEL = "tenants/default/models/bge";
    private static final ModelVersion VERSION = ModelVersion.newBuilder()
            .setName(MODEL + "/versions/3")
            .setKind(ArtifactKind.ARTIFACT_KIND_FULL)
            .setState(VersionState.VERSION_STATE_ACTIVE)
            .setDigest("sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
            .setParameterCount(33_212_160)
            .addFiles(ArtifactFile.newBuilder()
                    .setPath("model.safetensors")
                    .setSize(133_000_000)
                    .setSha256("aa".repeat(32)))
            .build();

    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();

    @BeforeEach
    void prepare() {
        services.on(RegistryServiceGrpc.getGetModelVersionMethod(), request -> VERSION);
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void aModelIsCreatedWithItsDescriptionAndLabels() {
        services.on(
                RegistryServiceGrpc.getCreateModelMethod(),
                request -> request.getModel().toBuilder()
                        .setName(request.getParent() + "/models/" + request.getModelId())
                        .build());

        CommandRun run = CommandRun.of(
                services,
                home,
                "models",
                "create",
                "bge",
                "--description",
                "small one",
                "--label",
                "b=2",
                "--label",
                "a=1");

        assertThat(run.out())
                .contains("model           " + MODEL)
                .contains("small one")
                .contains("a=1, b=2")
                .contains("latest version  none");
        assertThat(services.requests(CreateModelRequest.class).getFirst().getRequestId())
                .startsWith("cli-");
    }

    @Test
    void modelsAreATableAndNothingIsSaidOnStandardError() {
        services.on(
                RegistryServiceGrpc.getListModelsMethod(),
                request -> ListModelsResponse.newBuilder()
                        .addModels(Model.newBuilder().setName(MODEL).setLatestVersion(3))
                        .addModels(Model.newBuilder().setName(MODEL + "-v1.5"))
                        .build());

        CommandRun run = CommandRun.of(services, home, "models", "list");

        assertThat(run.out().lines().map(line -> List.of(line.split(" +"))))
                .startsWith(
                        List.of("MODEL", "LATEST", "CREATED", "DESCRIPTION"),
                        List.of("bge", "3"),
                        List.of("bge-v1.5", "-"));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void anEmptyListSaysSoWhereItDisturbsNoProgram() {
        services.on(RegistryServiceGrpc.getListModelsMethod(), request -> ListModelsResponse.getDefaultInstance());

        CommandRun text = CommandRun.of(services, home, "models", "list");
        CommandRun json = CommandRun.of(services, home, "models", "list", "-o", "json");

        assertThat(text.out()).isEmpty();
        assertThat(text.err()).contains("There are no models");
        assertThat(json.json().getAsJsonArray("models")).isEmpty();
        assertThat(json.err()).isEmpty();
    }

    @Test
    void aVersionIsShownWithItsFiles() {
        CommandRun run = CommandRun.of(services, home, "versions", "get", "bge@base");

        assertThat(services.requests(GetModelVersionRequest.class).getFirst().getName())
                .isEqualTo(MODEL + "/aliases/base");
        assertThat(run.out())
                .contains("33,212,160")
                .contains(VERSION.getDigest())
                .contains("model.safetensors  133 MB  " + "aa".repeat(32));
    }

    @Test
    void versionsAreListedByTheFilterGiven() {
        services.on(
                RegistryServiceGrpc.getListModelVersionsMethod(),
                request -> ListModelVersionsResponse.newBuilder()
                        .addModelVersions(VERSION)
                        .build());

        CommandRun run = CommandRun.of(services, home, "versions", "list", "bge", "--filter", "kind = FULL");

        assertThat(run.out()).contains("bge/3").contains("sha256:0123456789ab\n");
        assertThat(services.requests(ListModelVersionsRequest.class).getFirst())
                .isEqualTo(ListModelVersionsRequest.newBuilder()
                        .setParent(MODEL)
                        .setFilter("kind = FULL")
                        .build());
    }

    @Test
    void tensorsOfAnAliasAreThoseOfItsVersion() {
        services.on(
                RegistryServiceGrpc.getListTensorsMethod(),
                request -> ListTensorsResponse.newBuilder()
                        .addTensors(TensorSpec.newBuilder()
                                .setName("a.weight")
                                .setDtype("BF16")
                                .addShape(2)
                                .addShape(384)
                                .setFile("model.safetensors"))
                        .build());

        CommandRun run = CommandRun.of(services, home, "versions", "tensors", "bge@base");

        assertThat(services.requests(ListTensorsRequest.class).getFirst().getParent())
                .isEqualTo(MODEL + "/versions/3");
        assertThat(run.out()).contains("a.weight  BF16   [2, 384]  model.safetensors");
    }

    @Test
    void anAliasIsSetToTheVersionThatAnotherAliasNames() {
        services.on(RegistryServiceGrpc.getSetAliasMethod(), SetAliasRequest::getAlias);
        services.on(
                RegistryServiceGrpc.getListAliasesMethod(),
                request -> ListAliasesResponse.newBuilder()
                        .addAliases(Alias.newBuilder()
                                .setName(MODEL + "/aliases/champion")
                                .setVersion(MODEL + "/versions/3"))
                        .build());

        CommandRun set = CommandRun.of(services, home, "aliases", "set", "bge@champion", "bge@base", "--etag", "e1");
        CommandRun list = CommandRun.of(services, home, "aliases", "list", "bge");

        assertThat(set.exit()).isZero();
        assertThat(services.requests(SetAliasRequest.class).getFirst().getAlias())
                .isEqualTo(Alias.newBuilder()
                        .setName(MODEL + "/aliases/champion")
                        .setVersion(MODEL + "/versions/3")
                        .setEtag("e1")
                        .build());
        assertThat(list.out()).contains("bge@champion  bge/3");
    }
}
