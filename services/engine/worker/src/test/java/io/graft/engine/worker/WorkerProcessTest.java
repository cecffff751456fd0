package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.graft.platform.artifact.CommitStep;
import io.graft.platform.launch.WorkerEnvironment;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.v1.ArtifactKind;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.AttemptReported;
import io.graft.v1.FailureReason;
import io.graft.v1.GraftSpec;
import io.graft.v1.Manifest;
import io.graft.v1.VersionPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The worker as it really runs: a process against a real store and a real broker. */
@Timeout(300)
final class WorkerProcessTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final Lab lab = Lab.get();

    @TempDir
    Path folder;

    @Test
    void commitsAndReports() throws Exception {
        Assignment assignment = lab.assign(Lab.newJob("graft"), 1, spec(0), inputs(1));

        WorkerProcess worker = start(assignment, Map.of());

        assertThat(worker.await()).as(worker.output()).isZero();
        Manifest manifest = lab.manifest(assignment);
        assertThat(manifest.getJob()).isEqualTo(assignment.getJob());
        assertThat(manifest.getParentsList()).hasSize(3);
        assertThat(manifest.getSpecDigest()).startsWith("sha256:");
        await().atMost(BOUND).until(() -> lab.reports(assignment).stream().anyMatch(AttemptReported::hasCommitted));
        List<AttemptReported> reports = lab.reports(assignment);
        assertThat(reports.getFirst().hasStarted()).isTrue();
        assertThat(reports).extracting(AttemptReported::getSequence).isSorted().doesNotHaveDuplicates();
        assertThat(reports)
                .allSatisfy(report -> assertThat(report.getFencingToken()).isEqualTo(assignment.getFencingToken()));
        assertThat(reports.getLast().getCommitted().getDigest()).isEqualTo(manifest.getDigest());
        assertThat(reports.getLast().getCommitted().getKind()).isEqualTo(ArtifactKind.ARTIFACT_KIND_FULL);
        assertThat(worker.output())
                .contains("trace=0af7651916cd43dd8448eb211c80319c job=" + assignment.getJob() + " attempt=1");
    }

    @Test
    void killedAfterAnyStepTheNextAttemptMakesTheSameVersion() throws Exception {
        JobName job = Lab.newJob("graft");
        List<AssignmentInput> inputs = inputs(1);
        for (CommitStep step : CommitStep.values()) {
            Assignment dying = lab.assign(job, step.ordinal() + 1, spec(0), inputs);
            WorkerProcess worker = start(dying, Map.of(WorkerEnvironment.FAILPOINT, step.name()));

            assertThat(worker.await()).as(worker.output()).isEqualTo(137);
            assertThat(lab.outputs(dying).contains("manifest.json"))
                    .as("manifest after %s", step)
                    .isEqualTo(step == CommitStep.AFTER_MANIFEST);
        }
        Assignment last = lab.assign(job, 5, spec(0), inputs);
        WorkerProcess worker = start(last, Map.of(WorkerEnvironment.FAILPOINT, "AFTER_OBJECT@1"));

        assertThat(worker.await()).as(worker.output()).isZero();
        Assignment committed = last.toBuilder()
                .setOutputPrefix(last.getOutputPrefix().replace("attempts/5/", "attempts/4/"))
                .build();
        assertThat(lab.manifest(last).getDigest())
                .isEqualTo(lab.manifest(committed).getDigest());
        assertThat(lab.manifest(last).getFilesList())
                .isEqualTo(lab.manifest(committed).getFilesList());
    }

    @Test
    void askedToLeaveItLeavesNothing() throws Exception {
        Assignment assignment = lab.assign(Lab.newJob("graft"), 1, spec(1), inputs(400));
        WorkerProcess worker = start(assignment, Map.of());
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        !lab.outputs(assignment).isEmpty() || !worker.process().isAlive());

        worker.process().destroy();

        assertThat(worker.await()).as(worker.output()).isEqualTo(143);
        assertThat(lab.outputs(assignment)).isEmpty();
        await().atMost(BOUND).until(() -> lab.reports(assignment).stream().anyMatch(AttemptReported::hasFailed));
        assertThat(lab.reports(assignment).getLast().getFailed().getReason())
                .isEqualTo(FailureReason.FAILURE_REASON_PREEMPTED);
    }

    @Test
    void withoutOrdersItSaysWhichAreMissing() throws Exception {
        WorkerProcess worker = WorkerProcess.start(Map.of(WorkerEnvironment.ATTEMPT, "one"), folder);

        assertThat(worker.await()).isEqualTo(1);
        assertThat(worker.output())
                .contains("GRAFT_JOB", "GRAFT_FENCING_TOKEN", "GRAFT_WORK_DIRECTORY", "GRAFT_ATTEMPT", "'one'");
    }

    private WorkerProcess start(Assignment assignment, Map<String, String> more) throws IOException {
        Path work = Files.createDirectories(folder.resolve("work-" + assignment.getAttempt()));
        Map<String, String> environment = lab.environment(assignment, work);
        environment.putAll(more);
        return WorkerProcess.start(environment, folder);
    }

    private List<AssignmentInput> inputs(int tensors) {
        return List.of(
                lab.version("source_base", model("base", tensors, 1f)),
                lab.version("source_finetuned", model("tuned", tensors, 1.5f)),
                lab.version("target", model("target", tensors, 10f)));
    }

    private Path model(String name, int tensors, float value) {
        TinyModel model = TinyModel.named(name);
        for (int i = 0; i < tensors; i++) {
            model.tensor("layer.%03d.weight".formatted(i), value, value + i);
        }
        return model.in(folder.resolve(name));
    }

    private static GraftSpec spec(long maxShardBytes) {
        return GraftSpec.newBuilder()
                .setSource(VersionPair.newBuilder().setBase("b").setFinetuned("f"))
                .setTarget("t")
                .setOutputModel("tenants/default/models/out")
                .setLambda(1)
                .setMaxShardBytes(maxShardBytes)
                .build();
    }
}
