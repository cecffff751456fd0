package io.graft.engine.worker;

import io.graft.platform.artifact.ArtifactStore;
import java.util.function.Supplier;

/** Opens a store for each part of the work; closing it cuts off what is still under way. */
record StoreConnection(Supplier<ArtifactStore> open) {

    <T, E extends Exception> T with(Work<T, E> work) throws E {
        try (ArtifactStore store = open.get()) {
            return work.on(store);
        }
    }

    /** Something to do with an open store. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T on(ArtifactStore store) throws E;
    }
}
