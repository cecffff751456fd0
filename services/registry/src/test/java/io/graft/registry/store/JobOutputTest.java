package io.graft.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.protobuf.Message;
import io.graft.embedded.EmbeddedS3;
import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.backoff.Backoff;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.minio.MinioArtifactStore;
import io.graft.platform.minio.S3Settings;
import io.graft.platform.minio.StoreLimits;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.DatasetVersionName;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.platform.resource.ResourceName.ModelVersionName;
import io.graft.registry.TinyModel;
import io.graft.registry.domain.DatasetInspection;
import io.graft.registry.domain.JobOutputs;
import io.graft.registry.domain.ModelInspection;
import io.graft.v1.ArtifactKind;
import io.graft.v1.DatasetVersion;
import io.graft.v1.FailureReason;
import io.graft.v1.Job;
import io.graft.v1.JobStateChanged;
import io.graft.v1.LineageEdge;
import io.graft.v1.Manifest;
import io.graft.v1.ModelVersion;
import io.graft.v1.VersionCommitted;
import io.graft.v1.VersionRejected;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobOutputTest {
    private static final JobName JOB = new JobName("default", "graft-1");

    private final World world = new World();
    private final JobOutputs outputs = new JobOutputs(
            new PostgresJobOutputs(world.database),
            world.artifacts,
            new ModelInspection(world.artifacts),
            new DatasetInspection(world.artifacts));

    @Test
    void registersWhatAJobCommitted() {
        world.createModel();
        String parent = world.version(1);
        VersionCommitted committed = commit(JOB, TinyModel.sound(2)).toBuilder()
                .addParents(LineageEdge.newBuilder().setParent(parent).setRole("target"))
                .putLabels("stage", "trial")
                .build();
        outputs.handle(event("e1", committed));
        ModelVersion version = version("tenants/default/models/grafted/versions/1");
        assertThat(version.getJob()).isEqualTo(JOB.toString());
        assertThat(version.getDigest()).isEqualTo(committed.getDigest());
        assertThat(version.getLabelsMap()).containsEntry("stage", "trial");
        LineageEdge edge = LineageEdge.newBuilder()
                .setChild(version.getName())
                .setParent(parent)
                .setRole("target")
                .setJob(JOB.toString())
                .build();
        assertThat(version.getParentsList()).containsExactly(edge);
        assertThat(world.events()).endsWith("graft.v1.ModelCreated", "graft.v1.ModelVersionRegistered");
    }

    @Test
    void registersAnAdapterWithItsBaseAndItsData() {
        world.createModel();
        String base = world.version(1);
        String data = "tenants/default/datasets/rows/versions/1";
        byte[] pair = TinyModel.safetensors("""
                {"base.lora_A.weight":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, 1);
        TinyModel adapter =
                new TinyModel(Map.of()).with("adapter_config.json", "{}").with("adapter_model.safetensors", pair);
        outputs.handle(event(
                "e1",
                commit(JOB, adapter).toBuilder()
                        .setKind(ArtifactKind.ARTIFACT_KIND_ADAPTER)
                        .addParents(LineageEdge.newBuilder().setParent(base).setRole("base"))
                        .addParents(LineageEdge.newBuilder().setParent(data).setRole("data"))
                        .build()));
        ModelVersion version = version("tenants/default/models/grafted/versions/1");
        assertThat(version.getKind()).isEqualTo(ArtifactKind.ARTIFACT_KIND_ADAPTER);
        assertThat(world.versions
                        .lineage(ResourceName.parse("name", version.getName(), ModelVersionName.class), 1)
                        .getEdgesList())
                .extracting(LineageEdge::getParent, LineageEdge::getRole)
                .containsExactlyInAnyOrder(tuple(base, "base"), tuple(data, "data"));
    }

    @Test
    void registersADataSetWithItsRowsAndWhatItDerivesFrom() {
        String source = "tenants/default/datasets/all/versions/1";
        TinyModel rows = new TinyModel(Map.of())
                .with("train.jsonl", "{\"text\":\"a\",\"label\":\"x\"}\n{\"text\":\"b\",\"label\":\"y\"}\n")
                .with("pruning/manifest.json", "{}");
        outputs.handle(event(
                "e1", ofDataset(commit(JOB, rows)).addParents(edge(source)).build()));

        DatasetVersion version = world.versions.dataset(
                ResourceName.parse("name", "tenants/default/datasets/pruned/versions/1", DatasetVersionName.class));
        assertThat(version.getJob()).isEqualTo(JOB.toString());
        assertThat(version.getFormat()).isEqualTo("jsonl");
        assertThat(version.getRowsBySplitMap()).containsEntry("train", 2L);
        assertThat(version.getParentsList()).extracting(LineageEdge::getParent).containsExactly(source);
        assertThat(world.events()).containsExactly("graft.v1.DatasetVersionRegistered");
    }

    @Test
    void rejectsADataSetWhoseRowsCannotBeRead() {
        TinyModel rows = new TinyModel(Map.of()).with("train.jsonl", "no rows\n");
        outputs.handle(event("e1", ofDataset(commit(JOB, rows)).build()));

        assertThat(rejection().getFailure().getCode()).isEqualTo("MALFORMED_DATASET");
    }

    private static VersionCommitted.Builder ofDataset(VersionCommitted committed) {
        return committed.toBuilder().clearOutputModel().clearKind().setOutputDataset("tenants/default/datasets/pruned");
    }

    private static LineageEdge.Builder edge(String source) {
        return LineageEdge.newBuilder().setParent(source).setRole("source");
    }

    @Test
    void hasOneEffectHoweverOftenItIsTold() {
        VersionCommitted committed = commit(JOB, TinyModel.sound(1));
        outputs.handle(event("e1", committed));
        outputs.handle(event("e1", committed));
        outputs.handle(event("e2", committed));
        assertThat(world.events()).containsExactly("graft.v1.ModelCreated", "graft.v1.ModelVersionRegistered");
    }

    @Test
    void numbersFollowOnFromEarlierVersions() {
        outputs.handle(event("e1", commit(JOB, TinyModel.sound(1))));
        outputs.handle(event("e2", commit(new JobName("default", "graft-2"), TinyModel.sound(1))));
        assertThat(version("tenants/default/models/grafted/versions/2").getJob())
                .endsWith("graft-2");
    }

    @Test
    void rejectsAMalformedOutput() {
        VersionCommitted committed = commit(JOB, TinyModel.sound(1).with("model.safetensors", "no safetensors"));
        outputs.handle(event("e1", committed));
        outputs.handle(event("e1", committed));
        assertThat(world.events()).containsExactly("graft.v1.VersionRejected");
        VersionRejected rejected = rejection();
        assertThat(rejected.getJob()).isEqualTo(JOB.toString());
        assertThat(rejected.getAttempt()).isEqualTo(1);
        assertThat(rejected.getFailure().getReason()).isEqualTo(FailureReason.FAILURE_REASON_DATA);
        assertThat(rejected.getFailure().getCode()).isEqualTo("MALFORMED_SAFETENSORS");
    }

    @Test
    void rejectsAManifestThatIsNotTheAnnouncedOne() {
        VersionCommitted committed = commit(JOB, TinyModel.sound(1)).toBuilder()
                .setDigest("sha256:" + "0".repeat(64))
                .build();
        outputs.handle(event("e1", committed));
        assertThat(rejection().getFailure().getCode()).isEqualTo("DIGEST_MISMATCH");
    }

    @Test
    void rejectsAManifestOutsideOfItsAttempt() {
        VersionCommitted other = commit(new JobName("default", "graft-2"), TinyModel.sound(1));
        outputs.handle(event("e1", other.toBuilder().setJob(JOB.toString()).build()));
        assertThat(rejection().getFailure().getCode()).isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void rejectsAModelOfAnotherTenant() {
        VersionCommitted committed = commit(JOB, TinyModel.sound(1)).toBuilder()
                .setOutputModel("tenants/other/models/grafted")
                .build();
        outputs.handle(event("e1", committed));
        assertThat(rejection().getFailure().getCode()).isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void isToldAgainWhenTheStoreIsAway(@TempDir Path objects) {
        Event event = event("e1", commit(JOB, TinyModel.sound(1)));
        MinioArtifactStore away = storeThatGoesAway(objects);
        JobOutputs cut = new JobOutputs(
                new PostgresJobOutputs(world.database), away, new ModelInspection(away), new DatasetInspection(away));
        assertThatThrownBy(() -> cut.handle(event))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));
        assertThat(world.events()).isEmpty();
        outputs.handle(event);
        assertThat(world.events()).endsWith("graft.v1.ModelVersionRegistered");
    }

    @Test
    void passesOverWhateverElseJobsAnnounce() {
        outputs.handle(event(
                "e1",
                JobStateChanged.newBuilder().setJob(Job.getDefaultInstance()).build()));
        assertThat(world.events()).isEmpty();
    }

    private static MinioArtifactStore storeThatGoesAway(Path objects) {
        StoreLimits impatient = new StoreLimits(
                new Backoff(1, Duration.ZERO, Duration.ZERO),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                5L << 20,
                10);
        try (EmbeddedS3 s3 = EmbeddedS3.start(objects, 0, "key", "secret")) {
            s3.createBucket("graft");
            return MinioArtifactStore.connect(
                    new S3Settings(s3.endpoint(), "graft", EmbeddedS3.REGION, "key", "secret"), impatient);
        }
    }

    private VersionCommitted commit(JobName job, TinyModel model) {
        String prefix = ArtifactKeys.outputs(job, 1);
        // Other tests write under the same keys of the shared store.
        world.artifacts.delete(List.of(prefix + ArtifactCommit.MANIFEST));
        world.putFiles(prefix, model);
        Manifest manifest = new ArtifactCommit(world.artifacts, step -> {})
                .commitUploaded(
                        prefix,
                        Manifest.newBuilder()
                                .addAllFiles(model.announced())
                                .setJob(job.toString())
                                .setAttempt(1)
                                .build());
        return VersionCommitted.newBuilder()
                .setJob(job.toString())
                .setAttempt(1)
                .setOutputModel("tenants/default/models/grafted")
                .setKind(ArtifactKind.ARTIFACT_KIND_FULL)
                .setManifest(prefix + ArtifactCommit.MANIFEST)
                .setDigest(manifest.getDigest())
                .build();
    }

    private ModelVersion version(String name) {
        return world.versions.get(ResourceName.parse("name", name));
    }

    private VersionRejected rejection() {
        return world.database.read(handle -> handle.createQuery("select data from outbox")
                .map((row, context) -> Rows.message(row, "data", VersionRejected.parser()))
                .one());
    }

    private static Event event(String id, Message data) {
        return new Event(
                id,
                data.getDescriptorForType().getFullName(),
                "/graft/transfer",
                JOB.toString(),
                1,
                Instant.now(),
                World.TRACE,
                data);
    }
}
