package io.graft.cli.pipeline;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineStepState;
import io.graft.v1.RunPipelineRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description =
                "Run a pipeline by hand. With --dry-run only its plan, with what each job would need; exits 3 when a job"
                        + " would be refused.")
final class PipelineRunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "the pipeline's id or full name")
    String pipeline = "";

    @Option(
            names = "--input",
            paramLabel = "NAME=VALUE",
            description = "an input: text, or a number, true or false where the pipeline wants that; may be repeated")
    Map<String, String> inputs = new LinkedHashMap<>();

    @Option(names = "--text", paramLabel = "NAME=VALUE", description = "an input that is text whatever it looks like")
    Map<String, String> texts = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "only plan and estimate; nothing is started")
    boolean dryRun;

    @Option(names = "--wait", description = "follow the run to its end, as 'runs watch' does")
    boolean wait;

    @Option(
            names = "--request-id",
            paramLabel = "ID",
            description = "idempotency key: the same id and inputs return the first run (default: a random one)")
    String requestId = "";

    private final Invocation invocation;

    PipelineRunCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (dryRun && wait) {
            throw CommandException.usage("--wait has no meaning with --dry-run");
        }
        RunPipelineRequest request = RunPipelineRequest.newBuilder()
                .setName(invocation.names().pipeline(pipeline))
                .setInputs(values())
                .setRequestId(requestId.isEmpty() ? "cli-" + UUID.randomUUID() : requestId)
                .setValidateOnly(dryRun)
                .build();
        PipelineRun run = invocation.services().pipelines().runPipeline(request);
        if (wait) {
            return new RunWatcher(invocation).follow(run.getName(), 0).value();
        }
        invocation.output().result(run, out -> PipelineText.print(run, out));
        boolean refused = run.getStepsList().stream()
                .anyMatch(step -> step.getState() == PipelineStepState.PIPELINE_STEP_STATE_FAILED);
        return (dryRun && refused ? ExitCode.REFUSED : ExitCode.OK).value();
    }

    private Struct values() {
        Struct.Builder values = Struct.newBuilder();
        inputs.forEach((name, text) -> values.putFields(name, value(text)));
        texts.forEach((name, text) ->
                values.putFields(name, Value.newBuilder().setStringValue(text).build()));
        return values.build();
    }

    private static Value value(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Value.newBuilder().setBoolValue(Boolean.parseBoolean(text)).build();
        }
        if (text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            return Value.newBuilder().setNumberValue(Double.parseDouble(text)).build();
        }
        return Value.newBuilder().setStringValue(text).build();
    }
}
