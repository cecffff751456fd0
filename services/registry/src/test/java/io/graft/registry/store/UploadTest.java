package io.graft.registry.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.DatasetName;
import io.graft.platform.resource.ResourceName.DatasetVersionName;
import io.graft.platform.resource.ResourceName.UploadName;
import io.graft.registry.TinyModel;
import io.graft.registry.domain.Listing;
import io.graft.registry.domain.UploadSweep;
import io.graft.v1.ArtifactFile;
import io.graft.v1.ColumnType;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.DatasetColumn;
import io.graft.v1.DatasetVersion;
import io.graft.v1.Manifest;
import io.graft.v1.ModelVersion;
import io.graft.v1.PresignedFile;
import io.graft.v1.Upload;
import io.graft.v1.UploadState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UploadTest {
    private final World world = new World();

    @BeforeEach
    void createModel() {
        world.createModel();
    }

    @Test
    void whatIsPutAtItsUrlsBecomesAVersion() throws Exception {
        TinyModel model = TinyModel.sound(1);
        Upload upload = world.uploads.create(World.MODEL, announce(model), World.call());
        assertThat(upload.getTargetsList()).extracting(PresignedFile::getPath).hasSize(3);
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (PresignedFile target : upload.getTargetsList()) {
                put(client, target, model.content(target.getPath()));
            }
        }
        Upload committed = world.commit(name(upload));
        ModelVersion version = world.versions.get(ResourceName.parse("name", committed.getVersion()));
        assertThat(version.getName()).isEqualTo(World.MODEL + "/versions/1");
        assertThat(version.getDigest()).isEqualTo(model.digest());
        assertThat(version.getFilesList())
                .extracting(ArtifactFile::getPath)
                .containsExactly("config.json", "model.safetensors", "tokenizer.json");
        assertThat(version.getArchitecture().getModelType()).isEqualTo("bert");
        assertThat(version.getVocabulary().getSize()).isEqualTo(3);
        assertThat(version.getTensorCount()).isEqualTo(1);
        assertThat(version.getParameterCount()).isEqualTo(4);
        assertThat(world.events()).containsExactly("graft.v1.ModelCreated", "graft.v1.ModelVersionRegistered");
    }

    @Test
    void urlsAreForWhatIsMissing() {
        TinyModel model = TinyModel.sound(1);
        Upload upload = world.uploads.create(World.MODEL, announce(model), World.call());
        world.artifacts.put(upload.getName() + "/config.json", model.content("config.json"));
        world.artifacts.put(upload.getName() + "/tokenizer.json", new byte[] {1});
        assertThat(world.uploads.get(name(upload)).getTargetsList())
                .extracting(PresignedFile::getPath)
                .containsExactly("model.safetensors", "tokenizer.json");
    }

    @Test
    void committingAgainChangesNothing() {
        UploadName upload = world.uploadFiles(TinyModel.sound(1));
        Upload first = world.commit(upload);
        assertThat(world.commit(upload)).isEqualTo(first);
        assertThat(world.lineStore.get(World.MODEL).getLatestVersion()).isEqualTo(1);
    }

    @Test
    void aCrashBetweenManifestAndRegistrationIsMadeGood() {
        TinyModel model = TinyModel.sound(1);
        UploadName upload = world.uploadFiles(model);
        new ArtifactCommit(world.artifacts, step -> {})
                .commitUploaded(
                        ArtifactKeys.upload(upload),
                        Manifest.newBuilder().addAllFiles(model.announced()).build());
        assertThat(world.commit(upload).getVersion()).endsWith("/versions/1");
    }

    @Test
    void twoCommitsAtOnceMakeOneVersion() {
        UploadName upload = world.uploadFiles(TinyModel.sound(1));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<CompletableFuture<Upload>> commits = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> world.commit(upload), threads))
                    .limit(4)
                    .toList();
            assertThat(commits)
                    .allSatisfy(commit ->
                            assertThat(commit.get(30, SECONDS).getVersion()).endsWith("/versions/1"));
        }
        assertThat(world.lineStore.get(World.MODEL).getLatestVersion()).isEqualTo(1);
    }

    @Test
    void contentThatIsThereIsNotTakenTwice() {
        UploadName early = world.uploadFiles(TinyModel.sound(1));
        String version = world.version(1);
        Upload late = world.uploads.create(World.MODEL, announce(TinyModel.sound(1)), World.call());
        assertThat(late.getState()).isEqualTo(UploadState.UPLOAD_STATE_COMMITTED);
        assertThat(late.getVersion()).isEqualTo(version);
        assertThat(late.getTargetsList()).isEmpty();
        assertThat(world.commit(early).getVersion()).isEqualTo(version);
        assertThat(world.events())
                .filteredOn("graft.v1.ModelVersionRegistered"::equals)
                .hasSize(1);
    }

    @Test
    void contentOfAQuarantinedVersionMayComeAgain() {
        String damaged = world.version(1);
        world.versions.setQuarantined(ResourceName.parse("name", damaged), true);
        assertThat(world.version(1)).endsWith("/versions/2");
    }

    @Test
    void refusesToCommitWhatIsIncomplete() {
        TinyModel model = TinyModel.sound(1);
        Upload upload = world.uploads.create(World.MODEL, announce(model), World.call());
        world.artifacts.put(upload.getName() + "/config.json", model.content("config.json"));
        for (boolean validateOnly : List.of(true, false)) {
            Mutation call = new Mutation("CommitUpload", "", "", validateOnly, World.TRACE);
            assertThatThrownBy(() -> world.uploads.commit(name(upload), call))
                    .isInstanceOfSatisfying(GraftException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.UPLOAD_INCOMPLETE);
                        assertThat(e.metadata()).containsEntry("files", "model.safetensors,tokenizer.json");
                    });
        }
    }

    @Test
    void refusesBytesThatDifferFromTheirDigest() {
        TinyModel model = TinyModel.sound(1);
        UploadName upload = world.uploadFiles(model);
        byte[] damaged = model.content("model.safetensors").clone();
        damaged[damaged.length - 1] ^= 1;
        world.artifacts.put(ArtifactKeys.upload(upload) + "model.safetensors", damaged);
        assertThatThrownBy(() -> world.commit(upload))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIGEST_MISMATCH));
        assertThat(world.artifacts.stat(ArtifactKeys.upload(upload) + ArtifactCommit.MANIFEST))
                .isEmpty();
    }

    @Test
    void commitsNoManifestForAMalformedModel() {
        TinyModel broken =
                TinyModel.sound(1).with("model.safetensors", "no safetensors".getBytes(StandardCharsets.UTF_8));
        UploadName upload = world.uploadFiles(broken);
        assertThatThrownBy(() -> world.commit(upload)).isInstanceOfSatisfying(GraftException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_SAFETENSORS);
            assertThat(e.metadata()).containsEntry("file", "model.safetensors");
        });
        assertThat(world.artifacts.stat(ArtifactKeys.upload(upload) + ArtifactCommit.MANIFEST))
                .isEmpty();
        assertThat(world.lineStore.get(World.MODEL).getLatestVersion()).isZero();
    }

    @Test
    void validatingOnlyKeepsNothing() {
        Upload upload = world.uploads.create(World.MODEL, announce(TinyModel.sound(1)), World.call("", true));
        assertThat(upload.getName()).isEmpty();
        assertThat(upload.getTargetsList()).isEmpty();
        long kept = world.database.read(handle -> handle.createQuery("select count(*) from upload")
                .mapTo(long.class)
                .one());
        assertThat(kept).isZero();
    }

    @Test
    void aRepeatedRequestGetsTheFirstUpload() {
        CreateUploadRequest request = announce(TinyModel.sound(1));
        Upload first = world.uploads.create(World.MODEL, request, World.call("once", false));
        Upload again = world.uploads.create(World.MODEL, request, World.call("once", false));
        assertThat(again.getName()).isEqualTo(first.getName());
        Mutation other = new Mutation("Test", "once", "another payload", false, World.TRACE);
        assertThatThrownBy(() -> world.uploads.create(World.MODEL, request, other))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_ID_REUSED));
    }

    @Test
    void expiredUploadsAreCollectedAfterAGrace() {
        UploadName abandoned = world.uploadFiles(TinyModel.sound(1));
        UploadName open = world.uploadFiles(TinyModel.sound(2));
        String version = world.version(3);
        age(abandoned, "create_time", "25 hours");
        UploadSweep sweep =
                new UploadSweep(world.uploadStore, world.artifacts, Duration.ofHours(24), Duration.ofHours(1));
        sweep.run();
        assertThat(world.uploads.get(abandoned).getState()).isEqualTo(UploadState.UPLOAD_STATE_EXPIRED);
        assertThat(objects(abandoned)).as("within the grace").isEqualTo(3);
        assertThatThrownBy(() -> world.commit(abandoned)).hasMessageContaining("expired");
        age(abandoned, "end_time", "61 minutes");
        sweep.run();
        assertThat(objects(abandoned)).isZero();
        assertThat(objects(open)).isEqualTo(3);
        assertThat(world.downloads
                        .create(ResourceName.parse("name", version), List.of())
                        .getFilesList())
                .hasSize(3);
        assertThat(world.uploadStore.collectable(Duration.ZERO, 10)).isEmpty();
    }

    @Test
    void dataSetsTakeAnyFiles() {
        world.lines.createDataset("default", "rows", "", Map.of(), World.call());
        TinyModel rows = new TinyModel(Map.of()).with("train/part-0.bin.txt.pdf", "any");
        DatasetName dataset = new DatasetName("default", "rows");
        Upload upload = world.uploads.create(dataset, announce(rows), World.call());
        world.putFiles(upload.getName() + "/", rows);
        assertThat(world.commit(name(upload)).getVersion()).isEqualTo(dataset + "/versions/1");
        assertThat(world.events()).endsWith("graft.v1.DatasetVersionRegistered");
    }

    @Test
    void aDataSetSaysWhatItsRowsAre() {
        DatasetVersion version = world.versions.dataset(ResourceName.parse(
                "name",
                dataset(new TinyModel(Map.of())
                                .with(
                                        "train.jsonl",
                                        "{\"text\": \"fine\", \"label\": 1}\n{\"text\": \"poor\", \"label\": 0}\n")
                                .with("test.jsonl", "{\"text\": \"good\", \"label\": 1}\n")
                                .with("LICENSE", "free"))
                        .getVersion(),
                DatasetVersionName.class));

        assertThat(version.getFormat()).isEqualTo("jsonl");
        assertThat(version.getRowCount()).isEqualTo(3);
        assertThat(version.getRowsBySplitMap()).containsOnly(Map.entry("train", 2L), Map.entry("test", 1L));
        assertThat(version.getSchema().getColumnsList())
                .extracting(DatasetColumn::getName)
                .containsExactly("text", "label");
        assertThat(version.getSchema().getColumns(1).getType()).isEqualTo(ColumnType.COLUMN_TYPE_INTEGER);
        assertThat(version.getSchema().getColumns(1).getLabelsList()).containsExactly("0", "1");
        assertThat(version.getFilesCount()).isEqualTo(3);
        assertThat(world.versions
                        .datasets(Listing.of("tenants/default/datasets/rows", 0, "", "", Set.of()))
                        .items())
                .extracting(DatasetVersion::getRowCount)
                .containsExactly(3L);
    }

    @Test
    void aDataSetThatCanNotBeReadIsRefusedWithItsRow() {
        assertThatThrownBy(() ->
                        dataset(new TinyModel(Map.of()).with("train.jsonl", "{\"text\": \"fine\"}\n{\"text\": \n")))
                .isInstanceOfSatisfying(GraftException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_DATASET);
                    assertThat(e.metadata())
                            .containsEntry("file", "train.jsonl")
                            .containsEntry("row", "2");
                });
    }

    @Test
    void filesWithoutRowsAreADataSetToo() {
        Upload upload = dataset(new TinyModel(Map.of()).with("notes.md", "to be sorted"));

        assertThat(world.versions
                        .dataset(ResourceName.parse("name", upload.getVersion(), DatasetVersionName.class))
                        .getFormat())
                .isEmpty();
    }

    private Upload dataset(TinyModel files) {
        world.lines.createDataset("default", "rows", "", Map.of(), World.call());
        Upload upload = world.uploads.create(new DatasetName("default", "rows"), announce(files), World.call());
        world.putFiles(upload.getName() + "/", files);
        return world.commit(name(upload));
    }

    @Test
    void aModelMustExist() {
        ResourceName absent = ResourceName.parse("parent", "tenants/default/models/absent");
        assertThatThrownBy(() -> world.uploads.create(absent, announce(TinyModel.sound(1)), World.call()))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    private long objects(UploadName upload) {
        try (var stored = world.artifacts.list(ArtifactKeys.upload(upload))) {
            return stored.count();
        }
    }

    private void age(UploadName upload, String column, String by) {
        world.database.useTransaction(handle -> handle.execute(
                "update upload set " + column + " = " + column + " - cast(? as interval) where name = ?",
                by,
                upload.toString()));
    }

    private static CreateUploadRequest announce(TinyModel model) {
        return CreateUploadRequest.newBuilder().addAllFiles(model.announced()).build();
    }

    private static UploadName name(Upload upload) {
        return ResourceName.parse("name", upload.getName(), UploadName.class);
    }

    private static void put(HttpClient client, PresignedFile target, byte[] content) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target.getUrl()))
                .method(target.getMethod(), BodyPublishers.ofByteArray(content));
        target.getHeadersMap().forEach((key, value) -> {
            if (!key.equalsIgnoreCase("content-length") && !key.equalsIgnoreCase("host")) {
                request.header(key, value);
            }
        });
        assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }
}
