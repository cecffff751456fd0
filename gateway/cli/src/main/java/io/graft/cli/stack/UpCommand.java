package io.graft.cli.stack;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Home;
import io.graft.cli.invocation.Invocation;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft up}. */
@Command(
        name = "up",
        description =
                "Start the whole stack on this machine and keep it until ctrl-C, or with --detach until 'graft down'."
                        + " Its data stays under --home.")
public final class UpCommand implements Callable<Integer> {
    private static final long STOP_SECONDS = 30;

    @Option(names = "--detach", description = "return once it is ready and leave it running")
    boolean detach;

    @Option(names = "--port-base", paramLabel = "N", description = "first of its six ports (default 7480)")
    int portBase;

    private final Invocation invocation;

    UpCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        Home home = invocation.home();
        if (StackState.of(home) instanceof StackState.Ready ready) {
            invocation.output().note("It is up already.");
            invocation.output().result(ready.json(home), out -> StackText.print(ready, home, out));
            return ExitCode.OK.value();
        }
        if (detach) {
            StackState.Ready ready = new StackProcess(invocation).startDetached(portBase);
            invocation.output().result(ready.json(home), out -> StackText.print(ready, home, out));
            invocation.output().note("Stop it with: graft down");
            return ExitCode.OK.value();
        }
        return stay(home).value();
    }

    private ExitCode stay(Home home) throws InterruptedException {
        StackProcess.Started started = new StackProcess(invocation).startAttached(portBase);
        Process process = started.process();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(process)));
        invocation.output().result(started.state().json(home), out -> StackText.print(started.state(), home, out));
        invocation.output().note("Stop it with ctrl-C.");
        int code = process.waitFor();
        return code == 143 || code == 130 || code == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
