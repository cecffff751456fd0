package io.graft.registry.store;

import io.graft.platform.event.Event;
import io.graft.platform.postgres.Database;
import io.graft.platform.postgres.Inbox;
import io.graft.platform.postgres.Outbox;
import io.graft.registry.domain.JobOutputStore;
import io.graft.registry.domain.NewVersion;
import io.graft.v1.Model;
import io.graft.v1.VersionRejected;

/** What jobs commit, in PostgreSQL. */
public final class PostgresJobOutputs implements JobOutputStore {
    private final Database database;

    public PostgresJobOutputs(Database database) {
        this.database = database;
    }

    @Override
    public void register(Event event, NewVersion version) {
        database.useTransaction(handle -> {
            if (!Inbox.take(handle, event.id())
                    || VersionRows.existsOfJob(handle, version.draft().getJob())) {
                return;
            }
            Model draft = Model.newBuilder().setName(version.line()).build();
            LineRows.insert(handle, draft)
                    .ifPresent(created -> PostgresLines.announce(handle, created, event.traceparent()));
            Model line = LineRows.lock(handle, version.line());
            VersionRows.register(handle, line, version, event.traceparent());
        });
    }

    @Override
    public void reject(Event event, VersionRejected rejection) {
        database.useTransaction(handle -> {
            if (Inbox.take(handle, event.id())) {
                Outbox.add(handle, Rows.SOURCE, rejection.getJob(), rejection, event.traceparent());
            }
        });
    }
}
