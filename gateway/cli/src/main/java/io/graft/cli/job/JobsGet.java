package io.graft.cli.job;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.GetJobRequest;
import io.graft.v1.Job;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Show one job.")
final class JobsGet implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "the job's id or full name")
    String job = "";

    private final Invocation invocation;

    JobsGet(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        GetJobRequest request =
                GetJobRequest.newBuilder().setName(invocation.names().job(job)).build();
        Job found = invocation.services().jobs().getJob(request);
        invocation.output().result(found, out -> JobText.print(found, out));
        return ExitCode.OK.value();
    }
}
