package io.graft.cli.stack;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Home;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.ListJobsRequest;
import io.graft.v1.ListModelsRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code graft status}. */
@Command(
        name = "status",
        description = "Show the stack of this machine, and ask each service for an answer. Exits 6 when it is not up.")
public final class StatusCommand implements Callable<Integer> {
    private final Invocation invocation;

    StatusCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Home home = invocation.home();
        StackState state = StackState.of(home);
        if (state instanceof StackState.Ready) {
            askServices();
        }
        invocation.output().result(state.json(home), out -> StackText.print(state, home, out));
        return (state instanceof StackState.Ready ? ExitCode.OK : ExitCode.UNAVAILABLE).value();
    }

    /** Fails as any other command does when one does not answer. */
    private void askServices() {
        String tenant = invocation.names().tenant();
        invocation
                .services()
                .jobs()
                .listJobs(ListJobsRequest.newBuilder()
                        .setParent(tenant)
                        .setPageSize(1)
                        .build());
        invocation
                .services()
                .registry()
                .listModels(ListModelsRequest.newBuilder()
                        .setParent(tenant)
                        .setPageSize(1)
                        .build());
        invocation.output().note("Jobs and registry answer.");
    }
}
