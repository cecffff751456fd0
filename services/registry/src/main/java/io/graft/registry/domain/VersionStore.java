package io.graft.registry.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.query.Page;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.DatasetVersionName;
import io.graft.platform.resource.ResourceName.ModelVersionName;
import io.graft.v1.DatasetVersion;
import io.graft.v1.Lineage;
import io.graft.v1.ModelVersion;
import io.graft.v1.TensorSpec;

/**
 * Keeps versions. A data set's version is kept in the form of a {@link ModelVersion} of no kind. Thread-safe.
 */
public interface VersionStore {
    /**
     * A version.
     *
     * @param name of a version, or of an alias, which is followed
     * @throws GraftException {@code NOT_FOUND}
     */
    ModelVersion get(ResourceName name);

    /**
     * A version of a data set.
     *
     * @throws GraftException {@code NOT_FOUND}
     */
    DatasetVersion dataset(DatasetVersionName name);

    /** Versions of a model, newest first, without their files. */
    Page<ModelVersion> list(Listing listing);

    /** Versions of a data set, newest first, without their files. */
    Page<DatasetVersion> datasets(Listing listing);

    /** Tensors of a version, by name. */
    Page<TensorSpec> tensors(Listing listing);

    /** What a version derives from and what derives from it, {@code depth} steps far. */
    Lineage lineage(ModelVersionName root, int depth);

    /** Bars a version from use, or allows it again. */
    void setQuarantined(ResourceName version, boolean quarantined);
}
