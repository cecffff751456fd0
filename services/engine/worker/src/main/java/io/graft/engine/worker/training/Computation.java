package io.graft.engine.worker.training;

import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.io.IOException;

/** Work with tensors, on as many threads as the worker was given processors. */
public final class Computation {
    private Computation() {}

    /** Something to do while a runtime is open. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Torch torch) throws IOException;
    }

    /** Something to do without a runtime. */
    @FunctionalInterface
    public interface PlainWork<T> {
        T run() throws IOException;
    }

    /** Does work that needs no tensors; refusals are explained to the job's owner. */
    public static <T> T withoutTensors(PlainWork<T> work) throws IOException {
        try {
            return work.run();
        } catch (RuntimeException e) {
            throw ComputeRefusals.explained(e);
        }
    }

    /** Opens a runtime, does the work and closes the runtime whatever comes; refusals are explained to the job's owner. */
    public static <T> T with(long seed, Work<T> work) throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        try (Torch torch = Torch.open(TorchSettings.threads(threads).withSeed(seed))) {
            return work.run(torch);
        } catch (RuntimeException e) {
            throw ComputeRefusals.explained(e);
        }
    }
}
