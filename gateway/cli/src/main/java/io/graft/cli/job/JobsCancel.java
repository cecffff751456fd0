package io.graft.cli.job;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.CancelJobRequest;
import io.graft.v1.Job;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "Cancel a job that has not committed its outputs.")
final class JobsCancel implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "the job's id or full name")
    String job = "";

    @Option(names = "--etag", paramLabel = "ETAG", description = "refuse when the job changed since")
    String etag = "";

    @Option(names = "--validate-only", description = "only check whether it could be cancelled now")
    boolean validateOnly;

    private final Invocation invocation;

    JobsCancel(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Job cancelled = invocation
                .services()
                .jobs()
                .cancelJob(CancelJobRequest.newBuilder()
                        .setName(invocation.names().job(job))
                        .setEtag(etag)
                        .setValidateOnly(validateOnly)
                        .build());
        invocation.output().result(cancelled, out -> JobText.print(cancelled, out));
        return ExitCode.OK.value();
    }
}
