package io.graft.engine.tensors;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Keeps a leaving process from tearing libtorch down while a thread computes in it, which crashes.
 *
 * <p>On exit it waits for the runtime to be closed by its owner, who may want to store a checkpoint first; after the grace it
 * refuses further operations, lets the running one end, and then the process may go.
 */
final class ShutdownGuard {
    private static final Duration LONGEST_OPERATION = Duration.ofSeconds(30);
    private static final int EXIT_ON_SIGTERM = 143;

    private final Torch torch;
    private final Thread hook = new Thread(this::leave, "torch-shutdown");

    ShutdownGuard(Torch torch) {
        this.torch = torch;
    }

    void install() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Removes the hook, unless the process is leaving already. */
    void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException leaving) {
            // The hook runs, or has run: it sees that the runtime is closed.
            return;
        }
    }

    private void leave() {
        await(torch.settings().stopGrace(), () -> torch.isClosed() || !ownerCanClose());
        torch.refuse();
        if (!await(LONGEST_OPERATION, () -> !torch.isComputing())) {
            Runtime.getRuntime().halt(EXIT_ON_SIGTERM);
        }
    }

    /** False when the owner has ended, or waits in {@code System.exit} for this very hook. */
    private boolean ownerCanClose() {
        Thread owner = torch.owner();
        return owner.isAlive()
                && Arrays.stream(owner.getStackTrace())
                        .noneMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
    }

    private static boolean await(Duration most, BooleanSupplier condition) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            LockSupport.parkNanos(5_000_000);
        }
        return true;
    }
}
