package io.graft.platform.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.CommitStep;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.Manifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commit protocol over a store: nothing half-done is ever visible, and what is visible is true. */
public abstract class ArtifactCommitContract {
    private static final byte[] CONFIG = "{\"model_type\":\"llama\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] WEIGHTS = StoredFiles.bytes(3, 100_000);
    private static final Consumer<CommitStep> NOBODY = step -> {};

    @TempDir
    Path folder;

    /** The store under test; the same one for every call. */
    protected abstract ArtifactStore store();

    @Test
    void manifestComesLastAndNamesEveryFile() {
        List<String> steps = new ArrayList<>();
        ArtifactCommit commit = new ArtifactCommit(
                store(),
                step -> steps.add(
                        step + " manifest=" + store().stat("last/manifest.json").isPresent()));

        Manifest manifest = commit.commitFolder("last/", written(), draft());

        assertThat(steps)
                .containsExactly(
                        "BEFORE_UPLOAD manifest=false",
                        "AFTER_OBJECT manifest=false",
                        "AFTER_OBJECT manifest=false",
                        "BEFORE_MANIFEST manifest=false",
                        "AFTER_MANIFEST manifest=true");
        assertThat(ArtifactCommit.read(store(), "last/manifest.json")).isEqualTo(manifest);
        assertThat(manifest.getFilesList()).extracting("path").containsExactly("config.json", "model.safetensors");
    }

    @ParameterizedTest
    @EnumSource(CommitStep.class)
    void crashAfterAnyStepIsHealedByCommittingAgain(CommitStep crash) {
        String prefix = "crash-" + crash + "/";
        ArtifactCommit dying = new ArtifactCommit(store(), step -> {
            if (step == crash) {
                throw new IllegalStateException("killed");
            }
        });
        assertThatThrownBy(() -> dying.commitFolder(prefix, written(), draft())).hasMessage("killed");

        Manifest second = new ArtifactCommit(store(), NOBODY).commitFolder(prefix, written(), draft());

        assertThat(second.getDigest())
                .isEqualTo(new ArtifactCommit(store(), NOBODY)
                        .commitFolder("untroubled-" + crash + "/", written(), draft())
                        .getDigest());
    }

    @Test
    void secondCommitReturnsTheFirstManifest() {
        Manifest first = new ArtifactCommit(store(), NOBODY).commitFolder("twice/", written(), draft());

        Manifest second = new ArtifactCommit(store(), NOBODY)
                .commitFolder(
                        "twice/", written(), draft().toBuilder().setStep(9).build());

        assertThat(second).isEqualTo(first);
    }

    @Test
    void otherContentUnderTheSamePrefixIsRefused() {
        ArtifactCommit commit = new ArtifactCommit(store(), NOBODY);
        commit.commitFolder("other/", written(), draft());
        Manifest less = draft().toBuilder().removeFiles(1).build();

        assertRefused(ErrorCode.DIGEST_MISMATCH, "other/", () -> commit.commitUploaded("other/", less));
    }

    @Test
    void everyMissingFileIsNamed() {
        store().put("missing/config.json", "{}".getBytes(StandardCharsets.UTF_8));

        assertRefused(
                ErrorCode.UPLOAD_INCOMPLETE,
                "config.json, model.safetensors",
                () -> new ArtifactCommit(store(), NOBODY).commitUploaded("missing/", draft()));
        assertThat(store().stat("missing/manifest.json")).isEmpty();
    }

    @Test
    void damagedFileIsNamed() {
        store().put("damaged/config.json", CONFIG);
        byte[] flipped = WEIGHTS.clone();
        flipped[50_000] ^= 1;
        store().put("damaged/model.safetensors", flipped);

        assertRefused(
                ErrorCode.DIGEST_MISMATCH,
                "model.safetensors",
                () -> new ArtifactCommit(store(), NOBODY).commitUploaded("damaged/", draft()));
        assertThat(store().stat("damaged/manifest.json")).isEmpty();
    }

    @Test
    void alteredManifestIsRefused() {
        new ArtifactCommit(store(), NOBODY).commitFolder("altered/", written(), draft());
        store().put(
                        "altered/manifest.json",
                        "{\"format\":\"graft.manifest.v1\",\"digest\":\"sha256:00\"}".getBytes(StandardCharsets.UTF_8));

        assertRefused(
                ErrorCode.DIGEST_MISMATCH,
                "altered/manifest.json",
                () -> ArtifactCommit.read(store(), "altered/manifest.json"));
    }

    private Path written() {
        StoredFiles.write(folder.resolve("config.json"), CONFIG);
        StoredFiles.write(folder.resolve("model.safetensors"), WEIGHTS);
        return folder;
    }

    private static Manifest draft() {
        return Manifest.newBuilder()
                .addFiles(StoredFiles.entry("config.json", CONFIG))
                .addFiles(StoredFiles.entry("model.safetensors", WEIGHTS))
                .setJob("tenants/default/jobs/graft-1")
                .setAttempt(1)
                .build();
    }

    private static void assertRefused(ErrorCode code, String named, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(GraftException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining(named);
        });
    }
}
