package io.graft.cli.job;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.Job;
import io.graft.v1.ResumeJobRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Go on with a paused job from its checkpoint.")
final class JobsResume implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "the job's id or full name")
    String job = "";

    @Option(names = "--etag", paramLabel = "ETAG", description = "refuse when the job changed since")
    String etag = "";

    @Option(names = "--validate-only", description = "only check whether it could be resumed now")
    boolean validateOnly;

    private final Invocation invocation;

    JobsResume(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Job resumed = invocation
                .services()
                .jobs()
                .resumeJob(ResumeJobRequest.newBuilder()
                        .setName(invocation.names().job(job))
                        .setEtag(etag)
                        .setValidateOnly(validateOnly)
                        .build());
        invocation.output().result(resumed, out -> JobText.print(resumed, out));
        return ExitCode.OK.value();
    }
}
