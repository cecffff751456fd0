package io.graft.cli.pipeline;

import io.graft.cli.invocation.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        description =
                "Follow a run to its end. Exits 0 when it succeeded, 7 when it is held, 1 when it failed or was cancelled.")
final class RunsWatch implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "PIPELINE/RUN, or the run's full name")
    String run = "";

    @Option(
            names = "--from-sequence",
            paramLabel = "N",
            description = "only events after this one (default 0: the whole history)")
    long fromSequence;

    private final Invocation invocation;

    RunsWatch(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return new RunWatcher(invocation)
                .follow(invocation.names().pipelineRun(run), fromSequence)
                .value();
    }
}
