package io.graft.cli.job;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Creation;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.Job;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every submission takes, and what becomes of its job. */
public final class Submission {
    @Mixin
    private Creation creation = new Creation();

    @Option(names = "--watch", description = "follow the job to its end, as 'graft jobs watch' does")
    private boolean watch;

    /** Labels, idempotency key, dry run. */
    public Creation creation() {
        return creation;
    }

    /** Prints the job, or follows it to its end. */
    public ExitCode conclude(Invocation invocation, Job job) {
        if (creation.validateOnly()) {
            invocation.output().result(job, out -> JobText.print(job, out));
            return ExitCode.OK;
        }
        if (watch) {
            invocation.output().note("Submitted " + invocation.typed(job.getName()));
            return new JobWatcher(invocation).follow(job.getName(), 0);
        }
        invocation.output().result(job, out -> JobText.print(job, out));
        invocation.output().note("Follow it with: graft jobs watch " + invocation.typed(job.getName()));
        return ExitCode.OK;
    }
}
