package io.graft.cli.job;

import io.graft.cli.invocation.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        description = "Follow a job to its end. Exits 0 when it succeeded, 1 when it failed or was cancelled.")
final class JobsWatch implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "the job's id or full name")
    String job = "";

    @Option(
            names = "--from-sequence",
            paramLabel = "N",
            description = "only events after this one (default 0: the whole history)")
    long fromSequence;

    private final Invocation invocation;

    JobsWatch(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return new JobWatcher(invocation)
                .follow(invocation.names().job(job), fromSequence)
                .value();
    }
}
