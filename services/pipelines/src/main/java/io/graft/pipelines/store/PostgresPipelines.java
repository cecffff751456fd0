package io.graft.pipelines.store;

import io.graft.pipelines.domain.PipelineStore;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.postgres.Database;
import io.graft.platform.query.Page;
import io.graft.platform.query.PageToken;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.PipelineName;
import io.graft.v1.Pipeline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code pipeline}, {@code pipeline_revision} and {@code schedule}. */
public final class PostgresPipelines implements PipelineStore {
    private static final String SELECT = """
            select p.*, r.document from pipeline p
            join pipeline_revision r on r.pipeline = p.name and r.revision = p.revision""";

    private final Database database;

    public PostgresPipelines(Database database) {
        this.database = database;
    }

    @Override
    public Pipeline create(Pipeline draft, Content content, Mutation mutation) {
        PipelineName name = ResourceName.parse("pipeline.name", draft.getName(), PipelineName.class);
        return database.inTransaction(handle -> {
            Optional<Pipeline> earlier = earlier(handle, draft.getName(), mutation);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            if (mutation.validateOnly()) {
                return draft.toBuilder().setDescription(content.description()).build();
            }
            long revision = handle.createQuery(
                            "select coalesce(max(revision), 0) + 1 from pipeline_revision where pipeline = :name")
                    .bind("name", draft.getName())
                    .mapTo(long.class)
                    .one();
            int added = handle.createUpdate("""
                            insert into pipeline (name, tenant, description, revision, version, paused, event_types,
                                request_id, payload_hash, create_time, update_time)
                            values (:name, :tenant, :description, :revision, 1, :paused, :types, :requestId, :hash,
                                now(), now())
                            on conflict do nothing""")
                    .bind("name", draft.getName())
                    .bind("tenant", name.tenant())
                    .bind("description", content.description())
                    .bind("revision", revision)
                    .bind("paused", draft.getPaused())
                    .bindArray("types", String.class, content.eventTypes())
                    .bind("requestId", mutation.requestId())
                    .bind("hash", mutation.payloadHash())
                    .execute();
            if (added == 0) {
                return earlier(handle, draft.getName(), mutation).orElseThrow();
            }
            keep(handle, draft, revision, content);
            return find(handle, draft.getName(), "").orElseThrow();
        });
    }

    @Override
    public Pipeline update(Pipeline wanted, Content content, Mutation mutation) {
        return database.inTransaction(handle -> {
            Pipeline before = lock(handle, wanted.getName(), wanted.getEtag());
            boolean same = before.getDocument().equals(wanted.getDocument());
            if (mutation.validateOnly() || (same && before.getPaused() == wanted.getPaused())) {
                return before;
            }
            long revision = before.getRevision() + (same ? 0 : 1);
            handle.createUpdate("""
                            update pipeline set description = :description, revision = :revision, version = version + 1,
                                paused = :paused, event_types = :types, update_time = now() where name = :name""")
                    .bind("name", wanted.getName())
                    .bind("description", content.description())
                    .bind("revision", revision)
                    .bind("paused", wanted.getPaused())
                    .bindArray("types", String.class, content.eventTypes())
                    .execute();
            if (!same) {
                handle.execute("delete from schedule where pipeline = ?", wanted.getName());
                keep(handle, wanted, revision, content);
            }
            return find(handle, wanted.getName(), "").orElseThrow();
        });
    }

    @Override
    public void delete(PipelineName name, String etag, boolean validateOnly) {
        database.useTransaction(handle -> {
            lock(handle, name.toString(), etag);
            if (!validateOnly) {
                handle.execute("delete from pipeline where name = ?", name.toString());
            }
        });
    }

    @Override
    public Pipeline get(PipelineName name, long revision) {
        return database.read(handle -> {
            Pipeline newest = find(handle, name.toString(), "").orElseThrow(() -> notFound(name.toString()));
            if (revision == 0 || revision == newest.getRevision()) {
                return newest;
            }
            String document = handle.createQuery(
                            "select document from pipeline_revision where pipeline = :name and revision = :revision")
                    .bind("name", name.toString())
                    .bind("revision", revision)
                    .mapTo(String.class)
                    .findOne()
                    .orElseThrow(() -> notFound(name + ", revision " + revision));
            return newest.toBuilder()
                    .setDocument(document)
                    .setRevision(revision)
                    .build();
        });
    }

    @Override
    public Page<Pipeline> list(String tenant, int pageSize, String pageToken) {
        String list = tenant + "\npipelines";
        String after =
                pageToken.isEmpty() ? "" : PageToken.decode(pageToken, list).position();
        List<Pipeline> found = database.read(handle -> handle.createQuery(
                        SELECT + " where p.tenant = :tenant and p.name > :after order by p.name limit :limit")
                .bind("tenant", tenant)
                .bind("after", after)
                .bind("limit", pageSize + 1)
                .map(PostgresPipelines::read)
                .list());
        if (found.size() <= pageSize) {
            return new Page<>(found, "");
        }
        List<Pipeline> page = found.subList(0, pageSize);
        return new Page<>(page, new PageToken(page.getLast().getName()).encode(list));
    }

    private static Optional<Pipeline> earlier(Handle handle, String name, Mutation mutation) {
        return handle.createQuery("select request_id, payload_hash from pipeline where name = :name")
                .bind("name", name)
                .map((row, context) -> {
                    boolean again = !mutation.requestId().isEmpty()
                            && mutation.requestId().equals(row.getString("request_id"));
                    if (again && !row.getString("payload_hash").equals(mutation.payloadHash())) {
                        throw new GraftException(
                                ErrorCode.REQUEST_ID_REUSED,
                                "request_id was used for another request; use a new one",
                                Map.of("request_id", mutation.requestId(), "pipeline", name));
                    }
                    if (!again) {
                        throw new GraftException(
                                ErrorCode.ALREADY_EXISTS,
                                name + " exists; update it, or choose another id",
                                Map.of("pipeline", name));
                    }
                    return name;
                })
                .findOne()
                .flatMap(found -> find(handle, found, ""));
    }

    private static void keep(Handle handle, Pipeline pipeline, long revision, Content content) {
        handle.createUpdate(
                        "insert into pipeline_revision (pipeline, revision, document) values (:name, :revision, :document)")
                .bind("name", pipeline.getName())
                .bind("revision", revision)
                .bind("document", pipeline.getDocument())
                .execute();
        content.schedules()
                .forEach(next -> handle.createUpdate(
                                "insert into schedule (pipeline, trigger, due) values (:name, :trigger, :due)")
                        .bind("name", pipeline.getName())
                        .bind("trigger", next.trigger())
                        .bind("due", next.time())
                        .execute());
    }

    private static Pipeline lock(Handle handle, String name, String etag) {
        Pipeline found = find(handle, name, " for update of p").orElseThrow(() -> notFound(name));
        if (!etag.isEmpty() && !etag.equals(found.getEtag())) {
            throw new GraftException(
                    ErrorCode.ETAG_MISMATCH,
                    name + " has changed since; read it again and decide anew",
                    Map.of("pipeline", name, "etag", found.getEtag()));
        }
        return found;
    }

    private static Optional<Pipeline> find(Handle handle, String name, String lock) {
        return handle.createQuery(SELECT + " where p.name = :name" + lock)
                .bind("name", name)
                .map(PostgresPipelines::read)
                .findOne();
    }

    private static Pipeline read(ResultSet row, StatementContext context) throws SQLException {
        return Pipeline.newBuilder()
                .setName(row.getString("name"))
                .setDocument(row.getString("document"))
                .setDescription(row.getString("description"))
                .setRevision(row.getLong("revision"))
                .setPaused(row.getBoolean("paused"))
                .setCreateTime(Rows.time(row, "create_time"))
                .setUpdateTime(Rows.time(row, "update_time"))
                .setEtag(Long.toString(row.getLong("version")))
                .build();
    }

    private static GraftException notFound(String name) {
        return new GraftException(
                ErrorCode.NOT_FOUND, "There is no pipeline " + name + "; list the pipelines", Map.of("pipeline", name));
    }
}
