package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.graft.engine.safetensors.Checkpoint;
import io.graft.platform.launch.ExitCode;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.ArtifactKind;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.AttemptReported;
import io.graft.v1.DiffSpec;
import io.graft.v1.FailureReason;
import io.graft.v1.GraftSpec;
import io.graft.v1.JobFailure;
import io.graft.v1.TokenizerSource;
import io.graft.v1.VersionPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What attempts make and how they fail, against a real store and a real broker. */
final class WorkerTest {
    private static final Lab LAB = Lab.get();

    @TempDir
    Path folder;

    @Test
    void graftMakesAWholeModel() throws Exception {
        Assignment done = graft(spec().setLambda(2).build(), base(1), tuned(1.5f), target());

        Path made = LAB.fetch(done, folder.resolve("made"));
        assertThat(TinyModel.values(made, "w")).containsExactly(11f, 21f);
        assertThat(LAB.manifest(done).getFilesList())
                .extracting("path")
                .containsExactly(
                        "README.md", "config.json", "graft/diagnostics.json", "model.safetensors", "tokenizer.json");
        assertThat(made.resolve("config.json")).hasContent("{\"model_type\": \"llama\", \"name\": \"target\"}");
        assertThat(made.resolve("tokenizer.json")).content().contains("tokenizer of tuned");
        assertThat(made.resolve("graft/diagnostics.json")).content().contains("\"zero_difference\" : false");
        assertThat(made.resolve("README.md"))
                .content()
                .contains("target + 2.0 x (source_finetuned - source_base)")
                .contains(done.getInputs(2).getDigest())
                .doesNotContain(done.getJob());
    }

    @Test
    void tokenizerIsTheOneAskedFor() throws Exception {
        GraftSpec spec =
                spec().setTokenizerFrom(TokenizerSource.TOKENIZER_SOURCE_TARGET).build();

        Path made = LAB.fetch(graft(spec, base(1), tuned(2), target()), folder.resolve("made"));

        assertThat(made.resolve("tokenizer.json")).content().contains("tokenizer of target");
    }

    @Test
    void graftOfAStoredDiffEqualsTheGraftOfItsModels() throws Exception {
        DiffSpec diffSpec = DiffSpec.newBuilder()
                .setSource(VersionPair.newBuilder().setBase("b").setFinetuned("f"))
                .setOutputDtype("F64")
                .build();
        AssignmentInput base = LAB.version("source_base", base(1));
        AssignmentInput tuned = LAB.version("source_finetuned", tuned(1.1f));
        Assignment diff = LAB.assign(Lab.newJob("diff"), 1, diffSpec, List.of(base, tuned));
        assertThat(run(diff)).isEqualTo(ExitCode.DONE);
        assertThat(last(diff).getCommitted().getKind()).isEqualTo(ArtifactKind.ARTIFACT_KIND_DIFF);
        Path stored = LAB.fetch(diff, folder.resolve("stored"));
        try (Checkpoint checkpoint = Checkpoint.openFile(stored.resolve("diff.safetensors"))) {
            assertThat(checkpoint.metadata())
                    .containsEntry("base_digest", base.getDigest())
                    .containsEntry("finetuned_digest", tuned.getDigest())
                    .containsEntry("dtype", "F64");
        }
        AssignmentInput diffInput = AssignmentInput.newBuilder()
                .setRole("diff")
                .setVersion("tenants/default/models/diff/versions/1")
                .setManifest(diff.getOutputPrefix() + "manifest.json")
                .setDigest(LAB.manifest(diff).getDigest())
                .build();
        AssignmentInput target = LAB.version("target", target());

        Assignment byDiff =
                LAB.assign(Lab.newJob("graft"), 1, spec().setDiff("d").build(), List.of(diffInput, target));
        Assignment byModels = LAB.assign(Lab.newJob("graft"), 1, spec().build(), List.of(base, tuned, target));

        assertThat(List.of(run(byDiff), run(byModels))).containsOnly(ExitCode.DONE);
        Path one = LAB.fetch(byDiff, folder.resolve("one"));
        Path other = LAB.fetch(byModels, folder.resolve("other"));
        assertThat(Files.mismatch(one.resolve("model.safetensors"), other.resolve("model.safetensors")))
                .isEqualTo(-1);
        assertThat(one.resolve("tokenizer.json")).content().contains("tokenizer of tuned");
    }

    @Test
    void nonFiniteWeightsNameTheTensor() throws Exception {
        Assignment assignment = assign(spec().build(), base(1), tuned(Float.NaN), target());

        assertThat(run(assignment)).isEqualTo(ExitCode.USER_FAULT);

        JobFailure failure = last(assignment).getFailed();
        assertThat(failure.getReason()).isEqualTo(FailureReason.FAILURE_REASON_DATA);
        assertThat(failure.getCode()).isEqualTo("NON_FINITE_WEIGHTS");
        assertThat(failure.getMetadataMap())
                .containsEntry("tensor", "w")
                .containsEntry("model", "source_finetuned")
                .containsEntry("count", "2");
        assertThat(LAB.outputs(assignment)).isEmpty();
    }

    @Test
    void damagedInputIsNamedAndNeverUsed() throws Exception {
        Assignment assignment = assign(spec().build(), base(1), tuned(2), target());
        AssignmentInput target = assignment.getInputs(2);
        String key = target.getManifest().replace("manifest.json", "model.safetensors");
        Path file = folder.resolve("damaged");
        LAB.store().get(key, file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        LAB.store().put(key, bytes);

        assertThat(run(assignment)).isEqualTo(ExitCode.FAILED);

        JobFailure failure = last(assignment).getFailed();
        assertThat(failure.getReason()).isEqualTo(FailureReason.FAILURE_REASON_DATA);
        assertThat(failure.getCode()).isEqualTo("DIGEST_MISMATCH");
        assertThat(failure.getMetadataMap())
                .containsEntry("file", "model.safetensors")
                .containsEntry("version", target.getVersion());
        assertThat(LAB.outputs(assignment)).isEmpty();
    }

    @Test
    void missingInputIsNamed() throws Exception {
        Assignment assignment = assign(spec().build(), base(1), tuned(2), target());
        LAB.store()
                .delete(List.of(assignment.getInputs(0).getManifest().replace("manifest.json", "model.safetensors")));

        assertThat(run(assignment)).isEqualTo(ExitCode.FAILED);
        assertThat(last(assignment).getFailed().getMessage())
                .contains("model.safetensors", "tenants/default/models/source-base/versions/1");
    }

    @Test
    void alteredManifestIsRefused() throws Exception {
        Assignment assignment = assign(spec().build(), base(1), tuned(2), target());
        Assignment other = assignment.toBuilder()
                .setInputs(0, assignment.getInputs(0).toBuilder().setDigest("sha256:00"))
                .build();
        LAB.store().put("tenants/default/jobs/" + jobId(other) + "/attempts/1/assignment.binpb", other.toByteArray());

        assertThat(run(other)).isEqualTo(ExitCode.FAILED);
        assertThat(last(other).getFailed().getCode()).isEqualTo("DIGEST_MISMATCH");
    }

    @Test
    void mismatchedTensorsSpeakOfVersionsNotOfFolders() throws Exception {
        Path wide = TinyModel.named("target").tensor("w", 1, 2, 3).in(folder.resolve("wide"));
        Assignment assignment = assign(spec().build(), base(1), tuned(2), wide);

        assertThat(run(assignment)).isEqualTo(ExitCode.USER_FAULT);

        JobFailure failure = last(assignment).getFailed();
        assertThat(failure.getReason()).isEqualTo(FailureReason.FAILURE_REASON_USER_ERROR);
        assertThat(failure.getCode()).isEqualTo("TENSOR_MISMATCH");
        assertThat(failure.getMessage()).doesNotContain(folder.toString());
    }

    @Test
    void truncatedWeightsSpeakOfVersionsNotOfFolders() throws Exception {
        Path broken = target();
        byte[] bytes = Files.readAllBytes(broken.resolve("model.safetensors"));
        Files.write(broken.resolve("model.safetensors"), Arrays.copyOf(bytes, bytes.length - 3));
        Assignment assignment = assign(spec().build(), base(1), tuned(2), broken);

        assertThat(run(assignment)).isEqualTo(ExitCode.USER_FAULT);

        JobFailure failure = last(assignment).getFailed();
        assertThat(failure.getCode()).isEqualTo("MALFORMED_SAFETENSORS");
        assertThat(failure.getMessage())
                .contains("tenants/default/models/target/versions/1", "model.safetensors")
                .doesNotContain(folder.toString());
    }

    @Test
    void updateThatChangesNothingIsRefused() throws Exception {
        Assignment assignment = assign(spec().build(), base(1), tuned(1), target());

        assertThat(run(assignment)).isEqualTo(ExitCode.USER_FAULT);
        assertThat(last(assignment).getFailed().getCode()).isEqualTo("ZERO_UPDATE");
    }

    @Test
    void olderAttemptDoesNothing() throws Exception {
        Assignment assignment = assign(spec().build(), base(1), tuned(2), target());
        AttemptIdentity stale = new AttemptIdentity(
                new JobName("default", jobId(assignment)),
                1,
                assignment.getFencingToken() - 1,
                folder,
                TraceContext.begin());

        assertThat(LAB.run(stale)).isEqualTo(ExitCode.FAILED);
        assertThat(LAB.outputs(assignment)).isEmpty();
        assertThat(LAB.reports(assignment)).isEmpty();
    }

    @Test
    void unknownKindNamesTheKnownOnes() throws Exception {
        Assignment assignment = assign(spec().build(), base(1), tuned(2), target());
        Assignment other = assignment.toBuilder().setKind("distil").build();
        LAB.store().put("tenants/default/jobs/" + jobId(other) + "/attempts/1/assignment.binpb", other.toByteArray());

        assertThat(run(other)).isEqualTo(ExitCode.FAILED);
        assertThat(last(other).getFailed().getMessage()).contains("distil", "[combine, diff", "train]");
    }

    private Assignment graft(GraftSpec spec, Path base, Path tuned, Path target) throws IOException {
        Assignment assignment = assign(spec, base, tuned, target);
        assertThat(run(assignment)).isEqualTo(ExitCode.DONE);
        return assignment;
    }

    private static Assignment assign(Message spec, Path base, Path tuned, Path target) {
        return LAB.assign(
                Lab.newJob("graft"),
                1,
                spec,
                List.of(
                        LAB.version("source_base", base),
                        LAB.version("source_finetuned", tuned),
                        LAB.version("target", target)));
    }

    private ExitCode run(Assignment assignment) throws IOException {
        return LAB.run(assignment, folder);
    }

    private static AttemptReported last(Assignment assignment) {
        return LAB.last(assignment);
    }

    private static String jobId(Assignment assignment) {
        return assignment.getJob().substring(assignment.getJob().lastIndexOf('/') + 1);
    }

    private Path base(float value) {
        return TinyModel.named("base").tensor("w", value, value).in(folder.resolve("base"));
    }

    private Path tuned(float value) {
        return TinyModel.named("tuned").tensor("w", value, value).in(folder.resolve("tuned"));
    }

    private Path target() {
        return TinyModel.named("target").tensor("w", 10, 20).in(folder.resolve("target"));
    }

    private static GraftSpec.Builder spec() {
        return GraftSpec.newBuilder()
                .setSource(VersionPair.newBuilder().setBase("b").setFinetuned("f"))
                .setTarget("t")
                .setOutputModel("tenants/default/models/out");
    }
}
