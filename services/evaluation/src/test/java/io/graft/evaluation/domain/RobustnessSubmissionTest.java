package io.graft.evaluation.domain;

import static io.graft.evaluation.domain.Calls.TENANT;
import static io.graft.evaluation.domain.Calls.call;
import static io.graft.evaluation.domain.Calls.fields;
import static io.graft.evaluation.domain.Calls.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
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
import io.graft.v1.LineageEdge;
import io.graft.v1.ModelVersion;
import io.graft.v1.RobustnessAttack;
import io.graft.v1.RobustnessSpec;
import io.graft.v1.SubmitRobustnessRequest;
import io.graft.v1.TrainingData;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RobustnessSubmissionTest {
    private final KnownVersions known = KnownVersions.standard();
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @BeforeEach
    void addPictures() {
        for (String model : List.of("vision", "other", "third")) {
            known.put(classifier(model), List.of());
        }
        known.put(
                classifier("adapter")
                        .setKind(ArtifactKind.ARTIFACT_KIND_ADAPTER)
                        .addParents(LineageEdge.newBuilder()
                                .setParent(KnownVersions.name("third"))
                                .setRole("base")),
                List.of());
        known.put(classifier("orphan").setKind(ArtifactKind.ARTIFACT_KIND_ADAPTER), List.of());
        known.putDataset(KnownVersions.reviews()
                .setName(KnownVersions.datasetName("pictures"))
                .setSchema(DatasetSchema.newBuilder()
                        .addColumns(KnownVersions.column("image", ColumnType.COLUMN_TYPE_IMAGE))
                        .addColumns(KnownVersions.column("label", ColumnType.COLUMN_TYPE_TEXT)
                                .addLabels("cat")
                                .addLabels("dog"))));
        known.putDataset(KnownVersions.reviews()
                .setName(KnownVersions.datasetName("unlabelled"))
                .setSchema(DatasetSchema.newBuilder()
                        .addColumns(KnownVersions.column("image", ColumnType.COLUMN_TYPE_IMAGE))));
    }

    private static ModelVersion.Builder classifier(String model) {
        ModelVersion.Builder version = KnownVersions.sound(model).setParameterCount(1000);
        version.getArchitectureBuilder().setModelType("vit").clearConfig();
        return version;
    }

    @Test
    void storesAJobWithItsDefaults() throws InvalidProtocolBufferException {
        Job job = submit(spec -> {});

        assertThat(job.getName()).matches("tenants/default/jobs/robustness-[0-9a-f-]{36}");
        RobustnessSpec spec = job.getSpec().unpack(RobustnessSpec.class);
        assertThat(spec.getAttack()).isEqualTo(RobustnessAttack.ROBUSTNESS_ATTACK_MICROBIAL_GA);
        assertThat(spec.getEps()).isEqualTo(0.03);
        assertThat(spec.getBudget()).isEqualTo(1000);
        assertThat(spec.getPopulation()).isEqualTo(10);
        assertThat(spec.getCrossover()).isEqualTo(0.5);
        assertThat(spec.getMutation()).isEqualTo(2);
        assertThat(spec.getMaxSamples()).isEqualTo(100);
        assertThat(spec.getData().getClassesList()).containsExactly("cat", "dog");
        JobPlan plan = jobs.find(job.getName()).orElseThrow().plan();
        assertThat(plan.outputModel()).isEmpty();
        assertThat(plan.inputs()).extracting(AssignmentInput::getRole).containsExactly("version", "data");
        // 20 pictures to measure, and 20 of a budget of 1000.
        assertThat(job.getEstimate().getArithmeticList()).anyMatch(line -> line.startsWith("time: 20,020 passes"));
    }

    @Test
    void readsEverythingThatIsAskedBeside() {
        Job job = submit(spec -> spec.setSurrogate(KnownVersions.name("other"))
                .addSiblings(KnownVersions.name("third"))
                .addSiblings(KnownVersions.name("adapter")));

        assertThat(jobs.find(job.getName()).orElseThrow().plan().inputs())
                .extracting(AssignmentInput::getRole)
                .containsExactly("version", "surrogate", "sibling_1", "sibling_2", "sibling_2_base", "data");
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        GraftException refused = refused(spec -> spec.clear()
                .setAttackValue(9)
                .setEps(0)
                .setBudget(9)
                .setCrossover(2)
                .setMutation(-1)
                .setMaxSamples(1001)
                .setSeed(-1)
                .addSiblings("http://elsewhere/model"));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(fields(refused))
                .containsExactlyInAnyOrder(
                        "spec.version",
                        "spec.data.dataset",
                        "spec.attack",
                        "spec.eps",
                        "spec.budget",
                        "spec.crossover",
                        "spec.mutation",
                        "spec.max_samples",
                        "spec.seed",
                        "spec.siblings[0]");
    }

    @Test
    void refusesABudgetBelowThePopulation() {
        GraftException refused = refused(spec -> spec.setBudget(19).setPopulation(20));

        assertThat(fields(refused)).containsExactly("spec.budget");
        assertThat(refused.violations().getFirst().description()).contains("19 queries", "asks for 20");
        assertThat(fields(refused(spec -> spec.setEps(-0.1)))).containsExactly("spec.eps");
        assertThat(fields(refused(spec -> spec.setEps(Double.NaN)))).containsExactly("spec.eps");
    }

    @Test
    void refusesWhatRandomSearchDoesNotHave() {
        assertThat(fields(refused(spec -> spec.setAttack(RobustnessAttack.ROBUSTNESS_ATTACK_RANDOM)
                        .setPopulation(10)
                        .setCrossover(0.5)
                        .setMutation(2))))
                .containsExactlyInAnyOrder("spec.population", "spec.crossover", "spec.mutation");
        submit(spec -> spec.setAttack(RobustnessAttack.ROBUSTNESS_ATTACK_RANDOM).setBudget(5));
    }

    @Test
    void refusesModelsOfTexts() {
        GraftException refused = refused(
                spec -> spec.setVersion(KnownVersions.name("encoder")).addSiblings(KnownVersions.name("decoder")));

        assertThat(fields(refused)).containsExactlyInAnyOrder("spec.version", "spec.siblings[0]");
        assertThat(refused.violations().getFirst().description()).contains("'bert'", "vit, resnet or mlp");
    }

    @Test
    void refusesRowsThatAreNoPicturesWithLabels() {
        assertThat(fields(refused(spec -> spec.getDataBuilder().setDataset(KnownVersions.datasetName("unlabelled")))))
                .containsExactly("spec.data.columns.label");
        assertThat(fields(refused(spec -> spec.getDataBuilder().setDataset(KnownVersions.datasetName("reviews")))))
                .containsExactly("spec.data.columns.image");
    }

    @Test
    void refusesTheVersionItselfBesideIt() {
        assertThat(fields(refused(spec ->
                        spec.setSurrogate(KnownVersions.name("vision")).addSiblings(KnownVersions.name("vision")))))
                .containsExactlyInAnyOrder("spec.surrogate", "spec.siblings[0]");
        assertThat(fields(refused(spec ->
                        spec.addSiblings(KnownVersions.name("other")).addSiblings(KnownVersions.name("other")))))
                .containsExactly("spec.siblings");
    }

    @Test
    void anAdapterNeedsABase() {
        assertThat(fields(refused(spec -> spec.setVersion(KnownVersions.name("orphan")))))
                .containsExactly("spec.base");
        assertThat(fields(refused(spec -> spec.addSiblings(KnownVersions.name("orphan")))))
                .containsExactly("spec.siblings[0].base");
    }

    private Job submit(Consumer<RobustnessSpec.Builder> change) {
        RobustnessSpec.Builder spec = RobustnessSpec.newBuilder()
                .setVersion(KnownVersions.name("vision"))
                .setData(TrainingData.newBuilder()
                        .setDataset(KnownVersions.datasetName("pictures"))
                        .setSplit("test"));
        change.accept(spec);
        SubmitRobustnessRequest request = SubmitRobustnessRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(spec)
                .build();
        return submissions.robustness(TENANT, request, call("", "hash", false));
    }

    private GraftException refused(Consumer<RobustnessSpec.Builder> change) {
        return refusal(() -> submit(change));
    }
}
