package io.graft.cli.job;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.Job;
import io.graft.v1.PauseJobRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "pause", description = "Take a checkpoint of a job and free its worker.")
final class JobsPause implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "the job's id or full name")
    String job = "";

    @Option(names = "--etag", paramLabel = "ETAG", description = "refuse when the job changed since")
    String etag = "";

    @Option(names = "--validate-only", description = "only check whether it could be paused now")
    boolean validateOnly;

    private final Invocation invocation;

    JobsPause(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Job paused = invocation
                .services()
                .jobs()
                .pauseJob(PauseJobRequest.newBuilder()
                        .setName(invocation.names().job(job))
                        .setEtag(etag)
                        .setValidateOnly(validateOnly)
                        .build());
        invocation.output().result(paused, out -> JobText.print(paused, out));
        return ExitCode.OK.value();
    }
}
