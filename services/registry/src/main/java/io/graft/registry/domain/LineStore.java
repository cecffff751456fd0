package io.graft.registry.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.query.Page;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName;
import io.graft.v1.Model;

/**
 * Keeps the named lines of versions: models and data sets, which have the same fields; a data set is kept in the form of a
 * {@link Model}. Thread-safe.
 */
public interface LineStore {
    /**
     * Creates a line and announces it.
     *
     * @param draft name, description and labels
     * @return the line, or the one that the same request created before
     * @throws GraftException {@code ALREADY_EXISTS}, {@code REQUEST_ID_REUSED}
     */
    Model create(Model draft, Mutation mutation);

    /** @throws GraftException {@code NOT_FOUND} */
    Model get(ResourceName name);

    /** Models of a tenant, by name. */
    Page<Model> models(Listing listing);

    /** Data sets of a tenant, by name. */
    Page<Model> datasets(Listing listing);
}
