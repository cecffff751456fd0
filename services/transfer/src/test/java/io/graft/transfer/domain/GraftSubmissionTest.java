package io.graft.transfer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.JobStore;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.store.JobStores;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.DiffVector;
import io.graft.v1.GraftSpec;
import io.graft.v1.Job;
import io.graft.v1.JobState;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.TokenizerSource;
import io.graft.v1.VersionPair;
import io.graft.v1.VersionState;
import io.graft.v1.VocabularyPolicy;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GraftSubmissionTest {
    private static final TenantName TENANT = new TenantName("default");
    private static final String OUTPUT = "tenants/default/models/grafted";

    private final KnownVersions known = new KnownVersions()
            .putSound("base", version -> version)
            .putSound("tuned", version -> version)
            .putSound("target", version -> version)
            .alias("tenants/default/models/target/aliases/base", "target");
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known);

    @Test
    void storesAJobWithItsEffectiveSpecAndPlan() throws InvalidProtocolBufferException {
        Job job = submit(spec -> spec.setTarget("tenants/default/models/target/aliases/base"));
        assertThat(job.getName()).matches("tenants/default/jobs/graft-[0-9a-f-]{36}");
        assertThat(job.getKind()).isEqualTo("graft");
        assertThat(job.getState()).isEqualTo(JobState.JOB_STATE_QUEUED);
        assertThat(job.getSpec().unpack(GraftSpec.class))
                .isEqualTo(sound().toBuilder()
                        .setLambda(1)
                        .setVocabularyPolicy(VocabularyPolicy.VOCABULARY_POLICY_REFUSE)
                        .setTokenizerFrom(TokenizerSource.TOKENIZER_SOURCE_FINETUNED_SOURCE)
                        .setMaxShardBytes(5_000_000_000L)
                        .build());
        assertThat(job.getInputsList())
                .containsExactly(KnownVersions.name("base"), KnownVersions.name("tuned"), KnownVersions.name("target"));
        assertThat(job.getWarningsList()).isEmpty();
        JobRecord stored = jobs.find(job.getName()).orElseThrow();
        assertThat(stored.plan().outputModel()).isEqualTo(OUTPUT);
        assertThat(stored.plan().outputKind()).isEqualTo(ArtifactKind.ARTIFACT_KIND_FULL);
        assertThat(stored.plan().inputs())
                .extracting(AssignmentInput::getRole)
                .containsExactly("source_base", "source_finetuned", "target");
        assertThat(stored.plan().inputs().getLast())
                .isEqualTo(AssignmentInput.newBuilder()
                        .setRole("target")
                        .setVersion(KnownVersions.name("target"))
                        .setManifest("tenants/default/uploads/target/manifest.json")
                        .setDigest("sha256:target")
                        .build());
    }

    @Test
    void estimatesWithItsArithmetic() {
        Job job = submit(spec -> spec);
        // 4 x 2 BF16 and 2 F32, beside a configuration of 10 bytes
        assertThat(job.getEstimate().getOutputBytes()).isEqualTo(16 + 8 + 10);
        assertThat(job.getEstimate().getDiskBytes()).isEqualTo(3 * 1010 + 34);
        assertThat(job.getEstimate().getArithmeticList())
                .anyMatch(line -> line.contains("source_base 1,010 B + source_finetuned 1,010 B + target 1,010 B"));
        assertThat(job.getEstimate().getMemoryBytes()).isPositive();
    }

    @Test
    void validatingOnlyStoresNothing() {
        Job job = submissions.graft(TENANT, request(spec -> spec), call("once", "a", true));
        assertThat(job.getName()).isEmpty();
        assertThat(job.hasEstimate()).isTrue();
        assertThat(jobs.findRequest("default", "graft", "once", "a")).isEmpty();
    }

    @Test
    void aRepeatedRequestGetsTheFirstJobWhateverHasChanged() {
        Job first = submissions.graft(TENANT, request(spec -> spec), call("once", "a", false));
        known.putSound("target", version -> version.setState(VersionState.VERSION_STATE_QUARANTINED));
        Job again = submissions.graft(TENANT, request(spec -> spec), call("once", "a", false));
        assertThat(again).isEqualTo(first);
        GraftException reused = Objects.requireNonNull(catchThrowableOfType(
                GraftException.class,
                () -> submissions.graft(TENANT, request(spec -> spec), call("once", "b", false))));
        assertThat(reused.code()).isEqualTo(ErrorCode.REQUEST_ID_REUSED);
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        GraftException refusal = refusal(spec -> spec.clear()
                .setLambda(Double.NaN)
                .addInclude("(")
                .addExclude("x".repeat(501))
                .setVocabularyPolicyValue(99)
                .setTokenizerFromValue(99)
                .setOutputDtype("I8")
                .setMaxShardBytes(1)
                .setOutputModel("grafted"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refusal.violations())
                .extracting(FieldViolation::field)
                .containsExactly(
                        "spec.source",
                        "spec.target",
                        "spec.output_model",
                        "spec.lambda",
                        "spec.include[0]",
                        "spec.exclude[0]",
                        "spec.vocabulary_policy",
                        "spec.tokenizer_from",
                        "spec.output_dtype",
                        "spec.max_shard_bytes");
    }

    @ParameterizedTest
    @CsvSource({"-2.1", "4.1", "NaN", "Infinity", "-Infinity"})
    void refusesALambdaOutOfRange(double lambda) {
        assertThat(refusal(spec -> spec.setLambda(lambda)).violations())
                .extracting(FieldViolation::field)
                .containsExactly("spec.lambda");
    }

    @Test
    void refusesTooManyPatternsAndNamesThatAreNone() {
        GraftException refusal = refusal(spec -> spec.addAllInclude(Collections.nCopies(101, ".*"))
                .setTarget("tenants/default/jobs/x")
                .setSource(VersionPair.newBuilder().setBase("base")));
        assertThat(refusal.violations())
                .extracting(FieldViolation::field)
                .containsExactly("spec.source.base", "spec.source.finetuned", "spec.target", "spec.include");
    }

    @Test
    void usesNothingOfAnotherTenant() {
        assertThat(refusal(spec -> spec.setOutputModel("tenants/other/models/grafted"))
                        .code())
                .isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(refusal(spec -> spec.setTarget("tenants/other/models/target/versions/1"))
                        .code())
                .isEqualTo(ErrorCode.PERMISSION_DENIED);
    }

    @Test
    void passesOnWhatTheRegistryAnswers() {
        assertThat(refusal(spec -> spec.setTarget(KnownVersions.name("absent"))).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void refusesAnAdapterAndSaysToMergeIt() {
        known.putSound("tuned", version -> version.setKind(ArtifactKind.ARTIFACT_KIND_ADAPTER));
        GraftException refusal = refusal(spec -> spec);
        assertThat(refusal.code()).isEqualTo(ErrorCode.WRONG_ARTIFACT_KIND);
        assertThat(refusal).hasMessageContaining("source_finetuned").hasMessageContaining("merge it");
        assertThat(refusal.metadata()).containsEntry("kind", "ADAPTER");
    }

    @Test
    void refusesAQuarantinedVersion() {
        known.putSound("target", version -> version.setState(VersionState.VERSION_STATE_QUARANTINED));
        assertThat(refusal(spec -> spec).code()).isEqualTo(ErrorCode.VERSION_QUARANTINED);
    }

    @Test
    void refusesAnUpdateOfNothing() {
        known.putSound("tuned", version -> version.setDigest("sha256:base"));
        assertThat(refusal(spec -> spec).code()).isEqualTo(ErrorCode.ZERO_UPDATE);
    }

    @Test
    void namesEveryDifferenceOfArchitecture() {
        known.putSound(
                "target",
                version -> version.setArchitecture(version.getArchitecture().toBuilder()
                        .setModelType("mistral")
                        .putConfig("hidden_size", "3")
                        .putConfig("vocab_size", "5")));
        GraftException refusal = refusal(spec -> spec);
        assertThat(refusal.code()).isEqualTo(ErrorCode.ARCHITECTURE_MISMATCH);
        assertThat(refusal.metadata())
                .containsEntry("keys", "hidden_size,model_type")
                .containsEntry("hidden_size", "source_base 2, source_finetuned 2, target 3");
        assertThat(refusal).hasMessageContaining("source_base llama, source_finetuned llama, target mistral");
    }

    @Test
    void onlyWarnsOfLongerPositions() {
        known.putSound(
                "target",
                version -> version.setArchitecture(
                        version.getArchitecture().toBuilder().putConfig("max_position_embeddings", "131072")));
        known.putSound(
                "base",
                version -> version.setArchitecture(
                        version.getArchitecture().toBuilder().putConfig("max_position_embeddings", "8192")));
        assertThat(submit(spec -> spec).getWarningsList())
                .singleElement()
                .asString()
                .contains("max_position_embeddings", "8192", "131072");
    }

    @Test
    void namesTensorsThatDoNotFit() {
        known.put(
                KnownVersions.sound("target"),
                List.of(
                        KnownVersions.tensor("model.embed_tokens.weight", "BF16", 4, 2),
                        KnownVersions.tensor("model.norm.bias", "F32", 3),
                        KnownVersions.tensor("model.extra", "F32", 1)));
        GraftException refusal = refusal(spec -> spec);
        assertThat(refusal.code()).isEqualTo(ErrorCode.TENSOR_MISMATCH);
        assertThat(refusal)
                .hasMessageContaining("2 tensors do not fit")
                .hasMessageContaining("model.norm.bias")
                .hasMessageContaining("model.extra");
        assertThat(refusal.metadata())
                .containsEntry("tensor", "model.norm.bias")
                .containsEntry("left_shape", "[2]")
                .containsEntry("right_shape", "[3]")
                .containsEntry("count", "2");
        assertThat(submit(spec -> spec.addExclude("model\\.(norm|extra).*"))).isNotNull();
    }

    @Test
    void keepsALongListOfTensorsShort() {
        known.put(
                KnownVersions.sound("target"),
                Stream.concat(
                                KnownVersions.soundTensors().stream(),
                                IntStream.range(0, 2000).mapToObj(i -> KnownVersions.tensor("extra." + i, "F32", 1)))
                        .toList());
        GraftException refusal = refusal(spec -> spec);
        assertThat(refusal.metadata()).containsEntry("count", "2000");
        assertThat(refusal.getMessage()).contains("extra.0", "more").hasSizeLessThan(2500);
    }

    @Test
    void leavesADifferentVocabularyToThePolicy() {
        known.put(
                KnownVersions.sound("tuned")
                        .setVocabulary(KnownVersions.sound("tuned").getVocabulary().toBuilder()
                                .setSize(5)
                                .setDigest("sha256:more")),
                List.of(
                        KnownVersions.tensor("model.embed_tokens.weight", "BF16", 5, 2),
                        KnownVersions.tensor("model.norm.bias", "F32", 2)));
        GraftException refusal = refusal(spec -> spec);
        assertThat(refusal.code()).isEqualTo(ErrorCode.VOCABULARY_MISMATCH);
        assertThat(refusal).hasMessageContaining("ZERO_PAD_SOURCE").hasMessageContaining("COMMON_ROWS");
        assertThat(refusal.metadata()).containsEntry("left_shape", "[4, 2]").containsEntry("right_shape", "[5, 2]");
        Job padded = submit(spec -> spec.setVocabularyPolicy(VocabularyPolicy.VOCABULARY_POLICY_ZERO_PAD_SOURCE));
        assertThat(padded.getEstimate().getOutputBytes()).isEqualTo(20 + 8 + 10);
        assertThat(submit(spec -> spec.setVocabularyPolicy(VocabularyPolicy.VOCABULARY_POLICY_COMMON_ROWS)))
                .isNotNull();
    }

    @Test
    void refusesOtherTokenIdsOfTheSameNumber() {
        known.putSound(
                "target",
                version -> version.setVocabulary(
                        version.getVocabulary().toBuilder().setDigest("sha256:others")));
        GraftException refusal = refusal(spec -> spec);
        assertThat(refusal.code()).isEqualTo(ErrorCode.VOCABULARY_MISMATCH);
        assertThat(refusal).hasMessageContaining("other ids");
        assertThat(refusal.metadata()).containsEntry("target_digest", "sha256:others");
    }

    @Test
    void warnsWhenTokenIdsCanNotBeCompared() {
        known.putSound("target", version -> version.clearVocabulary());
        assertThat(submit(spec -> spec).getWarningsList())
                .singleElement()
                .asString()
                .contains(KnownVersions.name("target"));
    }

    @Test
    void refusesPatternsThatLeaveNothing() {
        assertThat(refusal(spec -> spec.addInclude("none")).violations())
                .extracting(FieldViolation::field)
                .containsExactly("spec.include");
    }

    @Test
    void takesAStoredDiffWithWhatItLeavesOut() {
        known.put(
                KnownVersions.sound("diff")
                        .setKind(ArtifactKind.ARTIFACT_KIND_DIFF)
                        .setDiff(DiffVector.newBuilder().addUntouched("model.norm.bias")),
                List.of(KnownVersions.tensor("model.embed_tokens.weight", "F32", 4, 2)));
        Job job = submit(spec -> spec.setDiff(KnownVersions.name("diff")));
        assertThat(job.getInputsList()).containsExactly(KnownVersions.name("diff"), KnownVersions.name("target"));
        assertThat(jobs.find(job.getName()).orElseThrow().plan().inputs())
                .extracting(AssignmentInput::getRole)
                .containsExactly("diff", "target");
        assertThat(refusal(spec -> spec.setDiff(KnownVersions.name("base"))).code())
                .isEqualTo(ErrorCode.WRONG_ARTIFACT_KIND);
    }

    private Job submit(UnaryOperator<GraftSpec.Builder> change) {
        return submissions.graft(TENANT, request(change), call("", "", false));
    }

    private GraftException refusal(UnaryOperator<GraftSpec.Builder> change) {
        return Objects.requireNonNull(
                catchThrowableOfType(GraftException.class, () -> submit(change)), "was not refused");
    }

    private static SubmitGraftRequest request(UnaryOperator<GraftSpec.Builder> change) {
        return SubmitGraftRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(change.apply(sound().toBuilder()))
                .build();
    }

    private static GraftSpec sound() {
        return GraftSpec.newBuilder()
                .setSource(VersionPair.newBuilder()
                        .setBase(KnownVersions.name("base"))
                        .setFinetuned(KnownVersions.name("tuned")))
                .setTarget(KnownVersions.name("target"))
                .setOutputModel(OUTPUT)
                .build();
    }

    private static Mutation call(String requestId, String payload, boolean validateOnly) {
        return new Mutation(
                "SubmitGraftRequest",
                requestId,
                payload,
                validateOnly,
                TraceContext.begin().traceparent());
    }
}
