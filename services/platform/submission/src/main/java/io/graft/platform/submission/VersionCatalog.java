package io.graft.platform.submission;

import io.graft.platform.error.GraftException;
import io.graft.v1.DatasetVersion;
import io.graft.v1.ModelVersion;
import io.graft.v1.TensorSpec;
import java.util.List;

/** The registry, as seen from here. Answers as the caller of the current call may see them. Thread-safe. */
public interface VersionCatalog extends AutoCloseable {
    /**
     * Looks a version up.
     *
     * @param name of a version, or of an alias, which is followed
     * @throws GraftException whatever the registry answers, for example {@code NOT_FOUND}
     */
    ModelVersion resolve(String name);

    /**
     * Looks a data set version up.
     *
     * @throws GraftException whatever the registry answers, for example {@code NOT_FOUND}
     */
    DatasetVersion dataset(String name);

    /** Every tensor of a version, by name. */
    List<TensorSpec> tensors(String version);

    /** Gives up the way to the registry. */
    @Override
    void close();
}
