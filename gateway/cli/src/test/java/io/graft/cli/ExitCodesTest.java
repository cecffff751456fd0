package io.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import io.graft.cli.peer.Services;
import io.graft.v1.GateDecision;
import io.graft.v1.GateFinding;
import io.graft.v1.GateInterval;
import io.graft.v1.GateRule;
import io.graft.v1.GateSubset;
import io.graft.v1.GateVerdict;
import io.graft.v1.Job;
import io.graft.v1.JobResult;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodesTest {
    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();

    @AfterEach
    void stop() {
        services.close();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_ARGUMENT, 3",
        "FAILED_PRECONDITION, 3",
        "ALREADY_EXISTS, 3",
        "ABORTED, 3",
        "RESOURCE_EXHAUSTED, 3",
        "UNIMPLEMENTED, 3",
        "NOT_FOUND, 4",
        "UNAUTHENTICATED, 5",
        "PERMISSION_DENIED, 5",
        "UNAVAILABLE, 6",
        "DEADLINE_EXCEEDED, 6",
        "INTERNAL, 1",
        "DATA_LOSS, 1"
    })
    void everyStatusHasItsExitCode(Code code, int exit) {
        services.on(JobServiceGrpc.getGetJobMethod(), request -> {
            throw Services.refusal(code, "SOME_REASON", "what and how to mend it")
                    .asRuntime();
        });

        CommandRun run = CommandRun.of(services, home, "jobs", "get", "graft-1");

        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("error: SOME_REASON\n  what and how to mend it\n")
                .contains("  request request-of-the-service\n")
                .containsPattern("  trace [0-9a-f]{32}\n")
                .doesNotContain("\tat ");
    }

    @Test
    void everyBadFieldIsNamedInTextAndInJson() {
        services.on(JobServiceGrpc.getGetJobMethod(), request -> {
            throw Services.refusal(
                            Code.INVALID_ARGUMENT, "INVALID_REQUEST", "spec.lambda: too large; spec.target: unset")
                    .with(BadRequest.newBuilder()
                            .addFieldViolations(violation("spec.lambda", "is 9, must be within -2 and 4"))
                            .addFieldViolations(violation("spec.target", "is required"))
                            .build())
                    .asRuntime();
        });

        CommandRun run = CommandRun.of(services, home, "jobs", "get", "graft-1", "--output", "json");

        assertThat(run.err())
                .contains("  spec.lambda: is 9, must be within -2 and 4\n")
                .contains("  spec.target: is required\n");
        JsonObject error = run.json().getAsJsonObject("error");
        assertThat(error.get("code").getAsString()).isEqualTo("INVALID_ARGUMENT");
        assertThat(error.get("exitCode").getAsInt()).isEqualTo(3).isEqualTo(run.exit());
        assertThat(error.get("requestId").getAsString()).isEqualTo("request-of-the-service");
        assertThat(error.getAsJsonArray("fieldViolations")).hasSize(2);
    }

    @Test
    void successPrintsProtoJsonAndNothingElse() {
        services.on(
                JobServiceGrpc.getGetJobMethod(),
                request -> Job.newBuilder().setName(request.getName()).build());

        CommandRun run = CommandRun.of(services, home, "jobs", "get", "graft-1", "-o", "json");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.json().get("name").getAsString()).isEqualTo("tenants/default/jobs/graft-1");
        assertThat(run.json().getAsJsonArray("outputs")).isEmpty();
    }

    @Test
    void everyCallCarriesTokenRequestIdAndTrace() {
        services.on(JobServiceGrpc.getGetJobMethod(), request -> Job.getDefaultInstance());

        CommandRun run = CommandRun.of(services, home, "--verbose", "jobs", "get", "graft-1");

        assertThat(services.header("authorization")).isEqualTo("Bearer a-token");
        assertThat(services.header("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(run.err())
                .contains(Objects.requireNonNull(services.header("x-request-id")))
                .contains("< graft.v1.JobService/GetJob OK after");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jobs lst            | Did you mean: jobs list",
                "jobs get            | Missing required parameter: 'JOB'",
                "jobs get --nope x   | Unknown option",
                "jobs list --page-size many | is not an int",
                "--timeout 3 jobs list | is not a time",
                "jobs get UPPER      | is not the name of a job",
                "versions get bge    | MODEL@ALIAS",
                "transfer graft --target a/1 --output-model m --source-base b/1 | --source-finetuned",
                "--tenant No! jobs list | is not an id"
            })
    void whatIsWrongOnTheCommandLineIsUsage(String arguments, String hint) {
        CommandRun run = CommandRun.of(services, home, arguments.strip().split(" +"));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(hint);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void usageErrorsAreJsonWhenJsonIsAskedFor() {
        CommandRun run = CommandRun.of(services, home, "jobs", "get", "-o", "json");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.json().getAsJsonObject("error").get("reason").getAsString())
                .isEqualTo("INVALID_USAGE");
    }

    @Test
    void noCommandShowsWhatThereIs() {
        CommandRun run = CommandRun.with(Map.of());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("Usage: graft").contains("transfer", "demo", "Exit codes");
    }

    @Test
    void anEnvironmentVariableThatIsWrongIsUsage() {
        CommandRun run = CommandRun.with(Map.of("GRAFT_OUTPUT", "yaml"), "version");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("GRAFT_OUTPUT");
        assertThat(CommandRun.with(Map.of("GRAFT_OUTPUT", "json"), "version")
                        .json()
                        .keySet())
                .containsExactly("version", "java");
    }

    @Test
    void withoutATokenNothingIsAsked() {
        CommandRun run = CommandRun.with(
                Map.of("GRAFT_HOME", home.toString(), "GRAFT_ENDPOINT", services.endpoint()), "jobs", "get", "graft-1");

        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err()).contains("TOKEN_MISSING").contains("graft up");
    }

    @Test
    void anEndpointWhereNobodyListensIsUnavailable() {
        services.close();

        CommandRun run = CommandRun.of(services, home, "jobs", "get", "graft-1");

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.err()).contains("can't be reached").contains("graft status");
    }

    @Test
    void onlyUnavailableIsTriedAgain() {
        int[] calls = {0};
        services.on(JobServiceGrpc.getGetJobMethod(), request -> {
            if (calls[0]++ == 0) {
                throw Services.refusal(Code.UNAVAILABLE, "DATABASE_UNAVAILABLE", "restarting")
                        .asRuntime();
            }
            return Job.getDefaultInstance();
        });

        CommandRun run = CommandRun.of(services, home, "jobs", "get", "graft-1");

        assertThat(run.exit()).isZero();
        assertThat(calls[0]).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"GATE_DECISION_PASS, 0", "GATE_DECISION_FAIL, 7", "GATE_DECISION_INCONCLUSIVE, 7"})
    void whatAGateDoesNotPassHasACodeOfItsOwn(GateDecision decision, int code) {
        GateVerdict verdict = GateVerdict.newBuilder()
                .setDecision(decision)
                .setMetric("accuracy")
                .setCandidate(0.9)
                .setBaseline(0.8)
                .setDifference(0.1)
                .setInterval(GateInterval.newBuilder().setLow(-0.2).setHigh(0.4).setLevel(0.9))
                .setExamples(20)
                .setReason("min_effect on all rows")
                .build();
        services.onStream(JobServiceGrpc.getWatchJobMethod(), request -> List.of());
        services.on(
                JobServiceGrpc.getGetJobMethod(),
                request -> Job.newBuilder()
                        .setName(request.getName())
                        .setState(JobState.JOB_STATE_SUCCEEDED)
                        .setResult(JobResult.newBuilder().setGate(verdict))
                        .build());

        CommandRun run = CommandRun.of(services, home, "jobs", "watch", "evaluate-1");

        assertThat(run.exit()).isEqualTo(code);
        assertThat(run.out())
                .contains(
                        decision.name().substring("GATE_DECISION_".length()) + ": accuracy 0.9 against 0.8 on 20 rows")
                .contains("gain +0.1000, interval -0.2000 to +0.4000 at 0.90");
        CommandRun json = CommandRun.of(services, home, "jobs", "watch", "evaluate-1", "-o", "json");
        assertThat(json.exit()).isEqualTo(code);
        assertThat(json.json()
                        .getAsJsonObject("result")
                        .getAsJsonObject("gate")
                        .get("decision")
                        .getAsString())
                .isEqualTo(decision.name());
    }

    @Test
    void aVerdictTellsEachConditionInEachSubset() {
        GateVerdict verdict = GateVerdict.newBuilder()
                .setDecision(GateDecision.GATE_DECISION_INCONCLUSIVE)
                .setRule(
                        GateRule.newBuilder().addSubsets(GateSubset.newBuilder().setName("language=de")))
                .addFindings(finding(GateDecision.GATE_DECISION_PASS).setExamples(1000))
                .addFindings(finding(GateDecision.GATE_DECISION_INCONCLUSIVE)
                        .setSubset("language=de")
                        .setExamples(12)
                        .setExamplesNeeded(2400))
                .build();
        services.on(
                JobServiceGrpc.getGetJobMethod(),
                request -> Job.newBuilder()
                        .setName(request.getName())
                        .setState(JobState.JOB_STATE_SUCCEEDED)
                        .setResult(JobResult.newBuilder().setGate(verdict).setReport("report.html"))
                        .build());

        assertThat(CommandRun.of(services, home, "jobs", "get", "evaluate-1").out())
                .contains("report.html: graft jobs report evaluate-1")
                .contains("PASS max_regression on all rows (1,000 rows): observed -0.0010")
                .contains("INCONCLUSIVE max_regression on language=de (12 rows): observed -0.0010, bounds -0.0200 and"
                        + " 0.0300, threshold -0.0500; about 2,400 rows would decide");
    }

    private static GateFinding.Builder finding(GateDecision decision) {
        return GateFinding.newBuilder()
                .setCondition("max_regression")
                .setDecision(decision)
                .setObserved(-0.001)
                .setLow(-0.02)
                .setHigh(0.03)
                .setThreshold(-0.05);
    }

    private static BadRequest.FieldViolation violation(String field, String description) {
        return BadRequest.FieldViolation.newBuilder()
                .setField(field)
                .setDescription(description)
                .build();
    }
}
