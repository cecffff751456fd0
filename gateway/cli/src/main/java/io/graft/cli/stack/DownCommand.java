package io.graft.cli.stack;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Home;
import io.graft.cli.invocation.Invocation;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** {@code graft down}. */
@Command(
        name = "down",
        description = "Stop the stack of this machine. Jobs that run go on with a new attempt after the next start.")
public final class DownCommand implements Callable<Integer> {
    private static final long STOP_SECONDS = 30;

    private final Invocation invocation;

    DownCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Home home = invocation.home();
        switch (StackState.of(home)) {
            case StackState.Ready ready -> stop(ready.pid());
            case StackState.Busy busy -> stop(busy.pid());
            case StackState.Stopped stopped -> invocation.output().note("It is not up.");
        }
        StackState state = StackState.of(home);
        invocation.output().result(state.json(home), out -> StackText.print(state, home, out));
        return ExitCode.OK.value();
    }

    private static void stop(long pid) throws InterruptedException, ExecutionException {
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "STILL_RUNNING",
                    "Process " + pid + " did not stop within " + STOP_SECONDS
                            + " s. Run this again, or end it with: kill -9 " + pid + " (its data is safe)",
                    e);
        }
    }
}
