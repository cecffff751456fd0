package io.graft.registry.store;

import io.graft.platform.resource.ResourceName;
import io.graft.v1.Model;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code line}. */
final class LineRows {
    private LineRows() {}

    /** Adds a line; empty when there is one of that name. */
    static Optional<Model> insert(Handle handle, Model draft) {
        ResourceName name = ResourceName.parse("name", draft.getName());
        return handle.createQuery("""
                        insert into line (name, tenant, type, description, labels, latest_version, revision,
                            create_time, update_time)
                        values (:name, :tenant, :type, :description, cast(:labels as jsonb), 0, 1, now(), now())
                        on conflict do nothing returning *""")
                .bind("name", draft.getName())
                .bind("tenant", name.tenant())
                .bind("type", name instanceof ResourceName.DatasetName ? "DATASET" : "MODEL")
                .bind("description", draft.getDescription())
                .bind("labels", Rows.json(draft.getLabelsMap()))
                .map(LineRows::read)
                .findOne();
    }

    static Model get(Handle handle, String name) {
        return handle.createQuery("select * from line where name = :name")
                .bind("name", name)
                .map(LineRows::read)
                .findOne()
                .orElseThrow(() -> Rows.notFound(name));
    }

    /** A line that no other transaction changes, nor adds a version or alias to, until this one ends. */
    static Model lock(Handle handle, String name) {
        return handle.createQuery("select * from line where name = :name for update")
                .bind("name", name)
                .map(LineRows::read)
                .findOne()
                .orElseThrow(() -> Rows.notFound(name));
    }

    static void setLatest(Handle handle, String name, long number) {
        handle.createUpdate("""
                        update line set latest_version = :number, revision = revision + 1, update_time = now()
                        where name = :name""").bind("name", name).bind("number", number).execute();
    }

    static Model read(ResultSet row, StatementContext context) throws SQLException {
        return Model.newBuilder()
                .setName(row.getString("name"))
                .setDescription(row.getString("description"))
                .putAllLabels(Rows.labels(row))
                .setCreateTime(Rows.time(row, "create_time"))
                .setUpdateTime(Rows.time(row, "update_time"))
                .setEtag(Long.toString(row.getLong("revision")))
                .setLatestVersion(row.getLong("latest_version"))
                .build();
    }
}
