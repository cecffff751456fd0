package io.graft.pruning.domain;

import static io.graft.pruning.domain.Calls.OUTPUT;
import static io.graft.pruning.domain.Calls.TENANT;
import static io.graft.pruning.domain.Calls.call;
import static io.graft.pruning.domain.Calls.fields;
import static io.graft.pruning.domain.Calls.mapping;
import static io.graft.pruning.domain.Calls.refusal;
import static io.graft.pruning.domain.Calls.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobPlan;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.store.JobStores;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.ColumnType;
import io.graft.v1.DatasetSchema;
import io.graft.v1.Job;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.PruneSpec;
import io.graft.v1.SubmitPruningRequest;
import io.graft.v1.SurrogateCost;
import io.graft.v1.TieBreak;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class PruneSubmissionTest {
    private final KnownVersions known =
            KnownVersions.standard().putDataset(KnownVersions.reviews().setName(KnownVersions.datasetName("target")));
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @Test
    void storesAJobThatMakesAVersionOfADataSet() throws InvalidProtocolBufferException {
        Job job = submit(spec -> {});

        assertThat(job.getName()).matches("tenants/default/jobs/prune-[0-9a-f-]{36}");
        PruneSpec spec = job.getSpec().unpack(PruneSpec.class);
        assertThat(spec.getBatchSize()).isEqualTo(32);
        assertThat(spec.getMaxLength()).isEqualTo(64);
        assertThat(spec.getTies()).isEqualTo(TieBreak.TIE_BREAK_SOFT_PROB);
        assertThat(spec.getLongRows()).isEqualTo(LongRows.LONG_ROWS_TRUNCATE);
        assertThat(spec.getSource().getClassesList()).containsExactly("negative", "positive");
        assertThat(spec.getTarget().getColumns().getLabel()).isEmpty();
        JobPlan plan = jobs.find(job.getName()).orElseThrow().plan();
        assertThat(plan.outputModel()).isEqualTo(OUTPUT);
        assertThat(plan.outputKind()).isEqualTo(ArtifactKind.ARTIFACT_KIND_UNSPECIFIED);
        assertThat(plan.inputs()).extracting(AssignmentInput::getRole).containsExactly("source", "target", "surrogate");
        assertThat(job.getEstimate().getArithmeticList()).anyMatch(line -> line.startsWith("time: 3 passes"));
    }

    @Test
    void readsWhatTheMethodNeedsOnly() {
        assertThat(roles(method("random", "unit", "samples"))).containsExactly("source");
        assertThat(roles(spec -> spec.clearTarget().setMethod(choice("moderate"))))
                .containsExactly("source", "surrogate");
    }

    private static Consumer<PruneSpec.Builder> method(String name, String param, String value) {
        return spec -> spec.clearTarget()
                .clearSurrogate()
                .setMethod(MethodChoice.newBuilder()
                        .setName(name)
                        .setParams(Struct.newBuilder().putFields(param, Values.of(value))));
    }

    private static MethodChoice choice(String name) {
        return MethodChoice.newBuilder().setName(name).build();
    }

    private Iterable<String> roles(Consumer<PruneSpec.Builder> change) {
        return jobs.find(submit(change).getName()).orElseThrow().plan().inputs().stream()
                .map(AssignmentInput::getRole)
                .toList();
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        GraftException refused = refused(spec -> spec.clear()
                .setMethod(choice("label_mapping"))
                .setBatchSize(-1)
                .setMaxLength(-1)
                .setSeed(-1)
                .setLongRowsValue(9)
                .setTiesValue(9)
                .setSurrogateCost(SurrogateCost.newBuilder().setTargets(-1)));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(fields(refused))
                .containsExactlyInAnyOrder(
                        "spec.source.dataset",
                        "spec.target.dataset",
                        "spec.surrogate",
                        "spec.prune_ratio",
                        "spec.output_dataset",
                        "spec.batch_size",
                        "spec.max_length",
                        "spec.seed",
                        "spec.long_rows",
                        "spec.ties",
                        "spec.surrogate_cost.training_share",
                        "spec.surrogate_cost.targets");
    }

    @Test
    void refusesRowsThatMeasureTheTargetLater() {
        assertThat(fields(refused(spec -> spec.getTargetBuilder().setSplit("test"))))
                .containsExactly("spec.target.split");
        assertThat(fields(refused(spec -> spec.getTargetBuilder().clearSplit())))
                .containsExactly("spec.target.split");
    }

    @Test
    void refusesBudgetsThatCannotBe() {
        assertThat(fields(refused(spec -> spec.setPruneRatio(0.995)))).containsExactly("spec.prune_ratio");
        assertThat(fields(refused(spec -> spec.setKeepClasses(0)))).containsExactly("spec.keep_classes");
        assertThat(fields(refused(spec -> spec.setKeepClasses(3)))).containsExactly("spec.keep_classes");
        assertThat(fields(refused(
                        spec -> spec.clearTarget().setMethod(choice("moderate")).setKeepClasses(1))))
                .containsExactly("spec.keep_classes");
    }

    @Test
    void refusesWhatTheMethodCannotUse() {
        assertThat(fields(refused(spec -> spec.setMethod(choice("random")))))
                .containsExactlyInAnyOrder("spec.target", "spec.surrogate");
        assertThat(fields(refused(spec -> spec.setMethod(choice("feature_mapping")))))
                .containsExactly("spec.method.params.clusters");
        assertThat(fields(refused(spec -> spec.setMethod(choice("label_maping")))))
                .contains("spec.method.name");
        assertThat(fields(refused(spec -> spec.getSourceBuilder().setMaxRows(5))))
                .containsExactly("spec.source.max_rows");
    }

    @Test
    void refusesWhatDoesNotFitTheVersions() {
        assertThat(fields(refused(
                        spec -> spec.getSourceBuilder().getColumnsBuilder().setLabel("stars"))))
                .containsExactly("spec.source.columns.label");
        known.putDataset(KnownVersions.reviews()
                .setName(KnownVersions.datasetName("pictures"))
                .setFormat("images")
                .setSchema(DatasetSchema.newBuilder()
                        .addColumns(KnownVersions.column("image", ColumnType.COLUMN_TYPE_IMAGE))));
        assertThat(fields(refused(spec -> spec.setTarget(rows("pictures"))))).containsExactly("spec.target.columns");
        known.putDataset(KnownVersions.reviews()
                .setName(KnownVersions.datasetName("lines"))
                .setFormat("text"));
        assertThat(fields(refused(spec -> spec.setSource(rows("lines"))))).containsExactly("spec.source.dataset");
    }

    private Job submit(Consumer<PruneSpec.Builder> change) {
        PruneSpec.Builder spec = mapping();
        change.accept(spec);
        SubmitPruningRequest request = SubmitPruningRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(spec)
                .build();
        return submissions.prune(TENANT, request, call());
    }

    private GraftException refused(Consumer<PruneSpec.Builder> change) {
        return refusal(() -> submit(change));
    }
}
