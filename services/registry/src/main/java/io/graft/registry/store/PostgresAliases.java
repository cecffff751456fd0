package io.graft.registry.store;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.postgres.Database;
import io.graft.platform.postgres.Outbox;
import io.graft.platform.query.Page;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.AliasName;
import io.graft.registry.domain.AliasStore;
import io.graft.registry.domain.Downloads;
import io.graft.registry.domain.Listing;
import io.graft.v1.Alias;
import io.graft.v1.AliasMoved;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Aliases in PostgreSQL. Moves of one model's aliases happen one after the other. */
public final class PostgresAliases implements AliasStore {
    private final Database database;

    public PostgresAliases(Database database) {
        this.database = database;
    }

    @Override
    public Alias set(Alias alias, Mutation mutation) {
        AliasName name = ResourceName.parse("alias.name", alias.getName(), AliasName.class);
        String line = name.model().toString();
        return Requests.carryOut(database, mutation, handle -> {
            LineRows.lock(handle, line);
            Downloads.requireActive(
                    VersionRows.find(handle, alias.getVersion()).orElseThrow(() -> Rows.notFound(alias.getVersion())));
            Optional<Alias> before = AliasRows.find(handle, alias.getName());
            String etag = before.map(Alias::getEtag).orElse("");
            if (!alias.getEtag().isEmpty() && !alias.getEtag().equals(etag)) {
                throw moved(alias, etag);
            }
            String previous = before.map(Alias::getVersion).orElse("");
            if (previous.equals(alias.getVersion())) {
                return before.orElseThrow();
            }
            Alias after = AliasRows.set(handle, name.tenant(), line, alias.getName(), alias.getVersion());
            announce(handle, line, after, previous, mutation.traceparent());
            return after;
        });
    }

    @Override
    public Alias get(AliasName name) {
        return database.read(handle -> AliasRows.get(handle, name.toString()));
    }

    @Override
    public Page<Alias> list(Listing listing) {
        List<Alias> found = database.read(handle -> {
            LineRows.get(handle, listing.parent());
            return handle.createQuery(
                            "select * from alias where line = :line and name > :after order by name limit :limit")
                    .bind("line", listing.parent())
                    .bind("after", listing.after())
                    .bind("limit", listing.size() + 1)
                    .map(AliasRows::read)
                    .list();
        });
        return Rows.page(found, listing, Alias::getName);
    }

    private static void announce(Handle handle, String line, Alias alias, String previous, String traceparent) {
        AliasMoved moved = AliasMoved.newBuilder()
                .setAlias(alias)
                .setPreviousVersion(previous)
                .build();
        Outbox.add(handle, Rows.SOURCE, line, moved, traceparent);
    }

    private static GraftException moved(Alias alias, String etag) {
        return new GraftException(
                ErrorCode.ETAG_MISMATCH,
                alias.getName() + (etag.isEmpty() ? " does not exist yet" : " has moved since")
                        + "; read it again and decide anew",
                Map.of("alias", alias.getName(), "etag", etag));
    }
}
