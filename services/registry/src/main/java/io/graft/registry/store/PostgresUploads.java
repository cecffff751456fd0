package io.graft.registry.store;

import io.graft.platform.postgres.Database;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.UploadName;
import io.graft.registry.domain.NewVersion;
import io.graft.registry.domain.UploadRecord;
import io.graft.registry.domain.UploadStore;
import io.graft.registry.domain.Uploads;
import io.graft.v1.ArtifactKind;
import io.graft.v1.Model;
import io.graft.v1.ModelVersion;
import io.graft.v1.Upload;
import io.graft.v1.UploadState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Uploads in PostgreSQL. */
public final class PostgresUploads implements UploadStore {
    private static final String STATE = "UPLOAD_STATE_";

    private final Database database;

    public PostgresUploads(Database database) {
        this.database = database;
    }

    @Override
    public UploadRecord create(UploadRecord draft, Mutation mutation) {
        String name = draft.upload().getName();
        String tenant = ResourceName.parse("name", name).tenant();
        return Requests.carryOut(database, mutation, handle -> {
            Optional<String> earlier = Requests.claim(handle, tenant, mutation, name);
            if (earlier.isPresent()) {
                return get(handle, earlier.get(), "");
            }
            LineRows.get(handle, draft.upload().getParent());
            Optional<ModelVersion> same = VersionRows.findActive(
                    handle, draft.upload().getParent(), draft.upload().getDigest());
            insert(handle, tenant, draft, same.map(ModelVersion::getName).orElse(""));
            return get(handle, name, "");
        });
    }

    @Override
    public UploadRecord get(UploadName name) {
        return database.read(handle -> get(handle, name.toString(), ""));
    }

    @Override
    public UploadRecord commit(UploadName name, NewVersion version, String traceparent) {
        return database.inTransaction(handle -> {
            UploadRecord record = get(handle, name.toString(), " for update");
            return switch (record.upload().getState()) {
                case UPLOAD_STATE_COMMITTED -> record;
                case UPLOAD_STATE_OPEN -> {
                    close(handle, name, version, traceparent);
                    yield get(handle, name.toString(), "");
                }
                case UPLOAD_STATE_EXPIRED, UPLOAD_STATE_UNSPECIFIED, UNRECOGNIZED -> throw Uploads.expired(name);
            };
        });
    }

    @Override
    public int expire(Duration life) {
        return database.inTransaction(handle ->
                handle.createUpdate("""
                        update upload set state = 'EXPIRED', end_time = now(), garbage = true
                        where state = 'OPEN' and create_time < now() - make_interval(secs => :life)""").bind("life", life.toSeconds()).execute());
    }

    @Override
    public List<UploadName> collectable(Duration grace, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select name from upload
                        where garbage and end_time < now() - make_interval(secs => :grace)
                        order by end_time limit :limit""")
                .bind("grace", grace.toSeconds())
                .bind("limit", limit)
                .map((row, context) -> ResourceName.parse("name", row.getString("name"), UploadName.class))
                .list());
    }

    @Override
    public void collected(UploadName name) {
        database.useTransaction(handle -> handle.createUpdate("update upload set garbage = false where name = :name")
                .bind("name", name.toString())
                .execute());
    }

    private static void close(Handle handle, UploadName name, NewVersion version, String traceparent) {
        Model line = LineRows.lock(handle, version.line());
        Optional<ModelVersion> same =
                VersionRows.findActive(handle, line.getName(), version.draft().getDigest());
        ModelVersion registered = same.orElseGet(() -> VersionRows.register(handle, line, version, traceparent));
        handle.createUpdate("""
                        update upload set state = 'COMMITTED', version = :version, end_time = now(), garbage = :garbage
                        where name = :name""")
                .bind("name", name.toString())
                .bind("version", registered.getName())
                .bind("garbage", same.isPresent())
                .execute();
    }

    private static void insert(Handle handle, String tenant, UploadRecord draft, String version) {
        handle.createUpdate("""
                        insert into upload (name, tenant, line, kind, digest, state, version, labels, files, create_time,
                            end_time)
                        values (:name, :tenant, :line, :kind, :digest,
                            case when :version = '' then 'OPEN' else 'COMMITTED' end, nullif(:version, ''),
                            cast(:labels as jsonb), :files, now(), case when :version = '' then null else now() end)""")
                .bind("name", draft.upload().getName())
                .bind("tenant", tenant)
                .bind("line", draft.upload().getParent())
                .bind("kind", draft.kind().name())
                .bind("digest", draft.upload().getDigest())
                .bind("version", version)
                .bind("labels", Rows.json(draft.labels()))
                .bind("files", Rows.files(draft.files()))
                .execute();
    }

    private static UploadRecord get(Handle handle, String name, String lock) {
        return handle.createQuery("select * from upload where name = :name" + lock)
                .bind("name", name)
                .map(PostgresUploads::read)
                .findOne()
                .orElseThrow(() -> Rows.notFound(name));
    }

    private static UploadRecord read(ResultSet row, StatementContext context) throws SQLException {
        String version = row.getString("version");
        Upload upload = Upload.newBuilder()
                .setName(row.getString("name"))
                .setParent(row.getString("line"))
                .setState(UploadState.valueOf(STATE + row.getString("state")))
                .setVersion(version == null ? "" : version)
                .setDigest(row.getString("digest"))
                .build();
        return new UploadRecord(upload, ArtifactKind.valueOf(row.getString("kind")), Rows.files(row), Rows.labels(row));
    }
}
