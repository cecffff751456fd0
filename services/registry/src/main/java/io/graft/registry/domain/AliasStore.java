package io.graft.registry.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.query.Page;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.AliasName;
import io.graft.v1.Alias;

/** Keeps aliases. Thread-safe. */
public interface AliasStore {
    /**
     * Creates or moves an alias and announces it; setting it to the version it has changes nothing.
     *
     * @param alias name and version; with an etag, only if the alias still has it
     * @throws GraftException {@code NOT_FOUND} for the version, {@code VERSION_QUARANTINED}, {@code ETAG_MISMATCH}
     */
    Alias set(Alias alias, Mutation mutation);

    /** @throws GraftException {@code NOT_FOUND} */
    Alias get(AliasName name);

    /** Aliases of a model, by name. */
    Page<Alias> list(Listing listing);
}
