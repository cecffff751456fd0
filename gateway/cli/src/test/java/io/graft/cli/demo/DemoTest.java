package io.graft.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.rpc.Code;
import io.graft.cli.CommandRun;
import io.graft.cli.peer.ModelFolder;
import io.graft.cli.peer.Services;
import io.graft.cli.peer.Store;
import io.graft.v1.CreateDownloadResponse;
import io.graft.v1.Dataset;
import io.graft.v1.DatasetVersion;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.EvaluationServiceGrpc;
import io.graft.v1.FailureReason;
import io.graft.v1.FinetuningServiceGrpc;
import io.graft.v1.GateDecision;
import io.graft.v1.GateInterval;
import io.graft.v1.GateVerdict;
import io.graft.v1.Job;
import io.graft.v1.JobFailure;
import io.graft.v1.JobResult;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobState;
import io.graft.v1.Lineage;
import io.graft.v1.LineageEdge;
import io.graft.v1.Model;
import io.graft.v1.ModelVersion;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.SubmitEvaluationRequest;
import io.graft.v1.SubmitFinetuneRequest;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.TransferServiceGrpc;
import io.graft.v1.Upload;
import io.graft.v1.UploadState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private static final String OUTPUT = "tenants/default/models/movie-sentiment-v15/versions/1";
    private static final byte[] DIAGNOSTICS = """
            {"overall": {}, "top_movers": ["b", "a"], "tensors": [
              {"name": "a", "relative_norm": 0.25, "difference_norm": 1.5},
              {"name": "b", "relative_norm": null, "difference_norm": 2.5},
              {"name": "c", "relative_norm": 0, "difference_norm": 0}]}
            """.getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();
    private final Store store = new Store();
    private final Map<String, Job> ended = new ConcurrentHashMap<>();
    private JobState state = JobState.JOB_STATE_SUCCEEDED;

    @BeforeEach
    void prepare() {
        float weight = 1;
        for (DemoModel model : DemoModel.values()) {
            ModelFolder.write(home.resolve("cache/models").resolve(model.id()), weight++);
        }
        store.objects.put("graft/diagnostics.json", DIAGNOSTICS);
        services.on(RegistryServiceGrpc.getGetModelMethod(), request -> Model.getDefaultInstance());
        services.on(
                RegistryServiceGrpc.getCreateUploadMethod(),
                request -> Upload.newBuilder()
                        .setState(UploadState.UPLOAD_STATE_COMMITTED)
                        .setVersion(request.getParent() + "/versions/1")
                        .build());
        services.on(
                RegistryServiceGrpc.getGetModelVersionMethod(),
                request -> ModelVersion.newBuilder()
                        .setName(request.getName())
                        .setDigest("sha256:" + Store.sha256(request.getName().getBytes(StandardCharsets.UTF_8)))
                        .setManifest("key/manifest.json")
                        .build());
        services.on(
                RegistryServiceGrpc.getGetLineageMethod(),
                request -> Lineage.newBuilder()
                        .setRoot(OUTPUT)
                        .addEdges(LineageEdge.newBuilder()
                                .setChild(OUTPUT)
                                .setParent("tenants/default/models/bge-small-en-v1.5/versions/1")
                                .setRole("target"))
                        .build());
        services.on(
                RegistryServiceGrpc.getCreateDownloadMethod(),
                request -> CreateDownloadResponse.newBuilder()
                        .addFiles(store.get("graft/diagnostics.json", DIAGNOSTICS))
                        .build());
        services.on(
                RegistryServiceGrpc.getGetDatasetMethod(),
                request -> Dataset.newBuilder().setName(request.getName()).build());
        services.on(
                RegistryServiceGrpc.getGetDatasetVersionMethod(),
                request -> DatasetVersion.newBuilder()
                        .setName(request.getName())
                        .setDigest("sha256:data")
                        .build());
        services.on(
                FinetuningServiceGrpc.getSubmitFinetuneMethod(),
                request -> job(request.getRequestId(), request.getSpec().getOutputModel(), "eval_accuracy", 0.9));
        services.on(
                FinetuningServiceGrpc.getSubmitMergeMethod(),
                request -> job(request.getRequestId(), request.getSpec().getOutputModel(), "merged", 1));
        services.on(
                TransferServiceGrpc.getSubmitDiffMethod(),
                request -> job(request.getRequestId(), request.getSpec().getOutputModel(), "tensors", 1));
        services.on(TransferServiceGrpc.getSubmitGraftMethod(), this::graft);
        services.on(EvaluationServiceGrpc.getSubmitEvaluationMethod(), this::evaluation);
        services.onStream(JobServiceGrpc.getWatchJobMethod(), request -> List.of());
        services.on(
                JobServiceGrpc.getGetJobMethod(),
                request -> ended.getOrDefault(request.getName(), Job.getDefaultInstance()));
    }

    @AfterEach
    void stop() {
        services.close();
        store.close();
    }

    @Test
    void endsWithOneJsonObject() {
        CommandRun run = CommandRun.of(services, home, "demo", "--output", "json");

        assertThat(run.exit()).isZero();
        JsonObject json = run.json();
        assertThat(json.keySet()).startsWith("status", "version", "digest", "inputs", "seconds");
        assertThat(json.get("status").getAsString()).isEqualTo("SUCCEEDED");
        assertThat(json.get("version").getAsString()).isEqualTo(OUTPUT);
        assertThat(json.get("digest").getAsString()).startsWith("sha256:");
        assertThat(json.getAsJsonArray("inputs")).hasSize(4);
        JsonObject accuracy = json.getAsJsonObject("accuracy");
        assertThat(accuracy.keySet())
                .containsExactlyInAnyOrder("v1", "v1_tuned", "v15", "v15_grafted", "v15_tuned", "e5", "e5_grafted");
        assertThat(accuracy.get("v1_tuned").getAsDouble()).isEqualTo(0.9);
        assertThat(accuracy.get("v15").getAsDouble()).isEqualTo(0.5);
        assertThat(accuracy.get("v15_grafted").getAsDouble()).isEqualTo(0.8);
        JsonObject gate = json.getAsJsonObject("gate");
        assertThat(gate.get("decision").getAsString()).isEqualTo("PASS");
        assertThat(gate.get("metric").getAsString()).isEqualTo("accuracy");
        assertThat(gate.get("candidate").getAsDouble()).isEqualTo(0.8);
        assertThat(gate.get("baseline").getAsDouble()).isEqualTo(0.81);
        assertThat(gate.get("difference").getAsDouble()).isEqualTo(-0.01);
        assertThat(gate.getAsJsonObject("interval").get("low").getAsDouble()).isEqualTo(-0.02);
        assertThat(gate.getAsJsonObject("rule").get("maxRegression").getAsDouble())
                .isEqualTo(0.03);
        assertThat(json.getAsJsonObject("gain").get("baseline").getAsDouble()).isEqualTo(0.5);
        assertThat(json.getAsJsonObject("stepSeconds").keySet()).contains("finetune v1", "graft v15");
        assertThat(json.getAsJsonArray("topMovers")
                        .get(0)
                        .getAsJsonObject()
                        .get("name")
                        .getAsString())
                .isEqualTo("b");
    }

    @Test
    void tellsAPersonWhatHappened() {
        CommandRun run = CommandRun.of(services, home, "demo");

        assertThat(run.out())
                .contains("`-- bge-small-en-v1.5/1  (target)")
                .containsPattern("\na +25.00 % +1.5")
                .contains("new_base  bge-small-en-v1.5/1")
                .contains("graft.job.v1, graft.attempt.v1, graft.model.v1")
                .contains("key/manifest.json")
                .contains("Gate: PASS", "lose at most 0.03 in accuracy, at alpha 0.05")
                .contains("PASS: accuracy 0.8 against 0.81 on 1,000 rows")
                .contains("gain -0.0100, interval -0.0200 to +0.0000 at 0.90")
                .contains("graft down");
        assertThat(run.err()).contains("1/14").contains("14/14");
    }

    @Test
    void twiceIsTheSameRequestAndAnotherLambdaIsNot() {
        CommandRun.of(services, home, "demo");
        CommandRun.of(services, home, "demo");
        CommandRun.of(services, home, "demo", "--lambda", "0.5");

        List<SubmitGraftRequest> submitted = services.requests(SubmitGraftRequest.class);
        assertThat(submitted).hasSize(6);
        assertThat(submitted.subList(0, 2)).isEqualTo(submitted.subList(2, 4));
        assertThat(submitted.get(0).getRequestId()).matches("demo-[0-9a-f]{32}");
        assertThat(submitted.get(4).getRequestId())
                .isNotEqualTo(submitted.get(0).getRequestId());
        List<SubmitFinetuneRequest> tuned = services.requests(SubmitFinetuneRequest.class);
        assertThat(tuned).hasSize(6);
        assertThat(Set.copyOf(tuned)).hasSize(2);
    }

    @Test
    void whatWasMeasuredIsMeasuredUnderTheTunedHead() {
        CommandRun.of(services, home, "demo");

        List<SubmitEvaluationRequest> measured = services.requests(SubmitEvaluationRequest.class);
        assertThat(measured)
                .hasSize(4)
                .allSatisfy(request -> assertThat(request.getSpec().getHead())
                        .isEqualTo("tenants/default/models/movie-sentiment/versions/1"));
    }

    @Test
    void aGateDecidesBetweenTheGraftedAndTheFineTunedModel() {
        CommandRun.of(services, home, "demo");

        assertThat(services.requests(SubmitEvaluationRequest.class).getLast().getSpec())
                .satisfies(spec -> {
                    assertThat(spec.getVersion()).isEqualTo(OUTPUT);
                    assertThat(spec.getAgainst().getVersion())
                            .isEqualTo("tenants/default/models/movie-sentiment/versions/1");
                    assertThat(spec.getAgainst().getHead()).isEmpty();
                    assertThat(spec.getGate().getMaxRegression()).isEqualTo(0.03);
                });
    }

    @Test
    void aJobOfAnEarlierRunThatFailedIsFollowedByANewOne() {
        services.on(
                TransferServiceGrpc.getSubmitGraftMethod(),
                request -> request.getRequestId().endsWith("-3") ? graft(request) : failed(graft(request)));

        assertThat(CommandRun.of(services, home, "demo").exit()).isZero();
        assertThat(services.requests(SubmitGraftRequest.class)).hasSize(6);
    }

    @Test
    void aRefusalIsAJsonStatusAndAnExitCode() {
        services.on(TransferServiceGrpc.getSubmitGraftMethod(), request -> {
            throw Services.refusal(Code.FAILED_PRECONDITION, "ARCHITECTURE_MISMATCH", "hidden_size differs")
                    .asRuntime();
        });

        CommandRun run = CommandRun.of(services, home, "demo", "--output", "json");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.json().get("status").getAsString()).isEqualTo("FAILED");
        assertThat(run.json().getAsJsonObject("error").get("reason").getAsString())
                .isEqualTo("ARCHITECTURE_MISMATCH");
        assertThat(run.err()).contains("error: ARCHITECTURE_MISMATCH");
    }

    @Test
    void aJobThatFailsWhileItIsWatchedIsExitOne() {
        state = JobState.JOB_STATE_FAILED;

        CommandRun run = CommandRun.of(services, home, "demo", "-o", "json");

        assertThat(run.exit()).isEqualTo(1);
        JsonObject error = run.json().getAsJsonObject("error");
        assertThat(error.get("reason").getAsString()).isEqualTo("NON_FINITE_WEIGHTS");
        assertThat(error.getAsJsonObject("metadata").get("job").getAsString()).startsWith("tenants/default/jobs/demo-");
    }

    private Job evaluation(SubmitEvaluationRequest request) {
        EvaluateSpec spec = request.getSpec();
        double accuracy = spec.getVersion().contains("movie") ? 0.8 : 0.5;
        Job job = job(request.getRequestId(), "", "accuracy", accuracy);
        if (!spec.hasGate()) {
            return job;
        }
        double other = spec.getAgainst().getVersion().contains("movie") ? 0.81 : 0.5;
        Job gated = job.toBuilder()
                .setResult(JobResult.newBuilder()
                        .putMetrics("accuracy", accuracy)
                        .putMetrics("baseline_accuracy", other)
                        .setGate(GateVerdict.newBuilder()
                                .setDecision(GateDecision.GATE_DECISION_PASS)
                                .setMetric("accuracy")
                                .setCandidate(accuracy)
                                .setBaseline(other)
                                .setDifference(-0.01)
                                .setInterval(GateInterval.newBuilder()
                                        .setLow(-0.02)
                                        .setHigh(0)
                                        .setLevel(0.9))
                                .setExamples(1000)
                                .setReason("max_regression on all rows holds")
                                .setRule(spec.getGate().toBuilder().setAlpha(0.05))))
                .build();
        ended.put(gated.getName(), gated);
        return gated;
    }

    private Job graft(SubmitGraftRequest request) {
        return job(request.getRequestId(), request.getSpec().getOutputModel(), "tensors", 1);
    }

    /** A job that is watched to its end; a graft's end is what the test says. */
    private Job job(String requestId, String outputModel, String metric, double value) {
        Job.Builder job = Job.newBuilder()
                .setName("tenants/default/jobs/" + requestId)
                .setRequestId(requestId)
                .setState(JobState.JOB_STATE_SUCCEEDED)
                .setResult(JobResult.newBuilder().putMetrics(metric, value));
        if (!outputModel.isEmpty()) {
            job.addOutputs(outputModel + "/versions/1");
        }
        Job succeeded = job.build();
        boolean fails = outputModel.endsWith("movie-sentiment-v15") && state == JobState.JOB_STATE_FAILED;
        ended.put(succeeded.getName(), fails ? failed(succeeded) : succeeded);
        return succeeded;
    }

    private static Job failed(Job job) {
        return job.toBuilder()
                .clearOutputs()
                .setState(JobState.JOB_STATE_FAILED)
                .setFailure(JobFailure.newBuilder()
                        .setReason(FailureReason.FAILURE_REASON_DATA)
                        .setCode("NON_FINITE_WEIGHTS")
                        .setMessage("NaN"))
                .build();
    }
}
