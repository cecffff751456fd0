package io.graft.cli.job;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.invocation.Listing;
import io.graft.cli.invocation.Paging;
import io.graft.cli.name.Names;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.Job;
import io.graft.v1.ListJobsRequest;
import io.graft.v1.ListJobsResponse;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List jobs, newest first.")
final class JobsList implements Callable<Integer> {
    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "comparisons joined by AND over state, kind, create_time and labels.KEY, "
                    + "like 'state = RUNNING AND kind = \"graft\"'")
    String filter = "";

    @Mixin
    Paging paging = new Paging();

    private final Invocation invocation;

    JobsList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ListJobsRequest request = ListJobsRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setFilter(filter)
                .setPageSize(paging.pageSize())
                .build();
        ListJobsResponse jobs = paging.fetch(
                token -> invocation
                        .services()
                        .jobs()
                        .listJobs(request.toBuilder().setPageToken(token).build()),
                ListJobsResponse::getNextPageToken,
                (first, second) -> second.toBuilder()
                        .clearJobs()
                        .addAllJobs(first.getJobsList())
                        .addAllJobs(second.getJobsList())
                        .build());
        invocation.output().result(jobs, out -> print(jobs, out));
        Listing.note(invocation, jobs.getJobsCount(), "jobs", jobs.getNextPageToken());
        return ExitCode.OK.value();
    }

    private static void print(ListJobsResponse jobs, PrintStream out) {
        if (jobs.getJobsCount() > 0) {
            Table table = new Table("JOB", "KIND", "STATE", "ATTEMPT", "CREATED", "OUTPUT");
            for (Job job : jobs.getJobsList()) {
                table.row(
                        Names.id(job.getName()),
                        job.getKind(),
                        JobText.state(job.getState()),
                        job.getAttempt(),
                        Figures.time(job.getCreateTime()),
                        job.getOutputsCount() == 0 ? "" : Names.brief(job.getOutputs(0)));
            }
            table.print(out);
        }
    }
}
