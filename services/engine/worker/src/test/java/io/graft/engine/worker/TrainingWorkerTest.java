package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Message;
import io.graft.platform.launch.ExitCode;
import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.CombineSpec;
import io.graft.v1.FailureReason;
import io.graft.v1.GateDecision;
import io.graft.v1.GateRule;
import io.graft.v1.GateVerdict;
import io.graft.v1.JobFailure;
import io.graft.v1.MergeSpec;
import io.graft.v1.MethodChoice;
import io.graft.v1.WeightedAdapter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that compute with tensors, against a real store and a real broker. */
final class TrainingWorkerTest {
    private static final Lab LAB = Lab.get();

    @TempDir
    Path folder;

    @Test
    void whatIsTrainedCanBeTunedMergedAndMeasured() throws Exception {
        AssignmentInput data = LAB.version("data", TrainingJobs.sums(folder.resolve("sums")));
        Assignment trained = done("train", TrainingJobs.train("adamw", 1e-2, 20).build(), List.of(data));
        assertThat(paths(trained))
                .contains("README.md", "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");
        assertThat(metrics(trained)).containsEntry("steps", 20.0).containsKey("eval_loss");

        AssignmentInput base = TrainingJobs.output("base", trained);
        Assignment tuned = done("finetune", TrainingJobs.finetune(30), List.of(base, data));
        assertThat(LAB.last(tuned).getCommitted().getKind()).isEqualTo(ArtifactKind.ARTIFACT_KIND_ADAPTER);
        assertThat(paths(tuned)).contains("adapter_config.json", "adapter_model.safetensors", "tokenizer.json");
        assertThat(LAB.fetch(tuned, folder.resolve("tuned")).resolve("README.md"))
                .content()
                .contains(base.getDigest(), data.getDigest());

        Assignment merged =
                done("merge", MergeSpec.getDefaultInstance(), List.of(base, TrainingJobs.output("adapter", tuned)));
        assertThat(paths(merged)).contains("config.json", "model.safetensors", "tokenizer.json");

        CombineSpec twice = CombineSpec.newBuilder()
                .addAdapters(WeightedAdapter.newBuilder().setWeight(3))
                .addAdapters(WeightedAdapter.newBuilder().setWeight(-2))
                .setMethod(MethodChoice.newBuilder().setName("cat"))
                .build();
        Assignment combined = done(
                "combine",
                twice,
                List.of(base, TrainingJobs.output("adapter_1", tuned), TrainingJobs.output("adapter_2", tuned)));
        assertThat(paths(combined)).contains("adapter_config.json", "adapter_model.safetensors", "tokenizer.json");

        AssignmentInput adapter = TrainingJobs.output("version", tuned);
        double ofAdapter = loss(done("evaluate", TrainingJobs.evaluate(), List.of(adapter, base, data)));
        double ofMerged =
                loss(done("evaluate", TrainingJobs.evaluate(), List.of(TrainingJobs.output("version", merged), data)));
        double ofBase =
                loss(done("evaluate", TrainingJobs.evaluate(), List.of(TrainingJobs.output("version", trained), data)));
        double ofCombined = loss(done(
                "evaluate", TrainingJobs.evaluate(), List.of(TrainingJobs.output("version", combined), base, data)));
        assertThat(ofMerged).isCloseTo(ofAdapter, within(1e-5)).isLessThan(ofBase);
        assertThat(ofCombined).isCloseTo(ofAdapter, within(1e-5));

        Assignment gated = done(
                "evaluate",
                TrainingJobs.evaluate().toBuilder()
                        .setGate(GateRule.newBuilder()
                                .setMetric("loss")
                                .setAlpha(0.05)
                                .setMinEffect(0))
                        .build(),
                List.of(adapter, base, TrainingJobs.output("against", trained), data));
        GateVerdict verdict = LAB.last(gated).getCommitted().getGate();
        assertThat(verdict.getDecision()).isEqualTo(GateDecision.GATE_DECISION_PASS);
        assertThat(verdict.getCandidate()).isCloseTo(ofAdapter, within(1e-9));
        assertThat(verdict.getBaseline()).isCloseTo(ofBase, within(1e-9));
    }

    @Test
    void aLossThatRunsAwayIsNamed() throws Exception {
        AssignmentInput data = LAB.version("data", TrainingJobs.sums(folder.resolve("sums")));
        Assignment lost = assign("train", TrainingJobs.train("sgd", 1e30, 40).build(), List.of(data));

        assertThat(LAB.run(lost, folder)).isEqualTo(ExitCode.FAILED);

        JobFailure failure = LAB.last(lost).getFailed();
        assertThat(failure.getReason()).isEqualTo(FailureReason.FAILURE_REASON_DIVERGED);
        assertThat(failure.getCode()).isEqualTo("DIVERGED");
        assertThat(failure.getMetadataMap()).containsKeys("statistic", "step");
        assertThat(LAB.outputs(lost)).doesNotContain("manifest.json");
    }

    @Test
    void rowsThatCannotBeLearntAreNamed() throws Exception {
        Path rows = TrainingJobs.written(
                folder.resolve("rows"),
                "train.jsonl",
                "{\"prompt\": \"one\", \"completion\": \"two\"}\n{\"prompt\": \"three\", \"completion\": 4}\n");
        Assignment refused =
                assign("train", TrainingJobs.train("adamw", 1e-3, 5).build(), List.of(LAB.version("data", rows)));

        assertThat(LAB.run(refused, folder)).isEqualTo(ExitCode.USER_FAULT);

        JobFailure failure = LAB.last(refused).getFailed();
        assertThat(failure.getReason()).isEqualTo(FailureReason.FAILURE_REASON_DATA);
        assertThat(failure.getCode()).isEqualTo("MALFORMED_DATASET");
        assertThat(failure.getMessage()).contains("train.jsonl", "row 2", "completion");
    }

    private static Assignment assign(String kind, Message spec, List<AssignmentInput> inputs) {
        return LAB.assign(Lab.newJob(kind), 1, spec, inputs);
    }

    private Assignment done(String kind, Message spec, List<AssignmentInput> inputs) throws IOException {
        Assignment assignment = assign(kind, spec, inputs);
        assertThat(LAB.run(assignment, folder)).as(kind).isEqualTo(ExitCode.DONE);
        return assignment;
    }

    private static List<String> paths(Assignment assignment) {
        return LAB.manifest(assignment).getFilesList().stream()
                .map(ArtifactFile::getPath)
                .toList();
    }

    private static Map<String, Double> metrics(Assignment assignment) {
        return LAB.last(assignment).getCommitted().getMetricsMap();
    }

    private static double loss(Assignment assignment) {
        return metrics(assignment).getOrDefault("loss", Double.NaN);
    }
}
