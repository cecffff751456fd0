package io.graft.registry.store;

import io.graft.v1.Alias;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code alias}. */
final class AliasRows {
    private AliasRows() {}

    static Optional<Alias> find(Handle handle, String name) {
        return handle.createQuery("select * from alias where name = :name")
                .bind("name", name)
                .map(AliasRows::read)
                .findOne();
    }

    static Alias get(Handle handle, String name) {
        return find(handle, name).orElseThrow(() -> Rows.notFound(name));
    }

    static Alias set(Handle handle, String tenant, String line, String name, String version) {
        return handle.createQuery("""
                        insert into alias (name, tenant, line, version, revision, update_time)
                        values (:name, :tenant, :line, :version, 1, now())
                        on conflict (name) do update
                        set version = :version, revision = alias.revision + 1, update_time = now()
                        returning *""")
                .bind("name", name)
                .bind("tenant", tenant)
                .bind("line", line)
                .bind("version", version)
                .map(AliasRows::read)
                .one();
    }

    static Alias read(ResultSet row, StatementContext context) throws SQLException {
        return Alias.newBuilder()
                .setName(row.getString("name"))
                .setVersion(row.getString("version"))
                .setUpdateTime(Rows.time(row, "update_time"))
                .setEtag(Long.toString(row.getLong("revision")))
                .build();
    }
}
