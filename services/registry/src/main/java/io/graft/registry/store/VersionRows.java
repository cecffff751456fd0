package io.graft.registry.store;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.graft.platform.postgres.Outbox;
import io.graft.platform.resource.ResourceName;
import io.graft.registry.domain.NewVersion;
import io.graft.registry.domain.VersionForms;
import io.graft.v1.ArtifactKind;
import io.graft.v1.DatasetVersion;
import io.graft.v1.DatasetVersionRegistered;
import io.graft.v1.LineageEdge;
import io.graft.v1.Model;
import io.graft.v1.ModelVersion;
import io.graft.v1.ModelVersionRegistered;
import io.graft.v1.TensorSpec;
import io.graft.v1.VersionState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The tables {@code version}, {@code tensor} and {@code lineage}. */
final class VersionRows {
    private static final int BATCH = 1_000;

    private VersionRows() {}

    /** Adds the next version of a locked line, with its tensors and lineage, and announces it. */
    static ModelVersion register(Handle handle, Model line, NewVersion version, String traceparent) {
        long number = line.getLatestVersion() + 1;
        String name = line.getName() + "/versions/" + number;
        ModelVersion.Builder registered = version.draft().toBuilder()
                .setName(name)
                .setState(VersionState.VERSION_STATE_ACTIVE)
                .setCreateTime(now(handle));
        for (LineageEdge.Builder edge : registered.getParentsBuilderList()) {
            edge.setChild(name);
        }
        ModelVersion stored = registered.build();
        insert(handle, line.getName(), number, stored, version.rows());
        insertTensors(handle, name, version.tensors());
        insertLineage(handle, stored.getParentsList());
        LineRows.setLatest(handle, line.getName(), number);
        Outbox.add(handle, Rows.SOURCE, line.getName(), announcement(stored, version.rows()), traceparent);
        return stored;
    }

    static Optional<ModelVersion> find(Handle handle, String name) {
        return handle.createQuery("select * from version where name = :name")
                .bind("name", name)
                .map(VersionRows::read)
                .findOne();
    }

    /** Refuses unless there is a version of that name. */
    static void require(Handle handle, String name) {
        boolean there = handle.createQuery("select exists (select from version where name = :name)")
                .bind("name", name)
                .mapTo(boolean.class)
                .one();
        if (!there) {
            throw Rows.notFound(name);
        }
    }

    /** The newest usable version of that content. */
    static Optional<ModelVersion> findActive(Handle handle, String line, String digest) {
        return handle.createQuery("""
                        select * from version where line = :line and digest = :digest and state = 'ACTIVE'
                        order by number desc limit 1""")
                .bind("line", line)
                .bind("digest", digest)
                .map(VersionRows::read)
                .findOne();
    }

    static boolean existsOfJob(Handle handle, String job) {
        return handle.createQuery("select exists (select from version where job = :job)")
                .bind("job", job)
                .mapTo(boolean.class)
                .one();
    }

    static ModelVersion read(ResultSet row, StatementContext context) throws SQLException {
        return summary(row, context).toBuilder().addAllFiles(Rows.files(row)).build();
    }

    /** Without files. */
    static ModelVersion summary(ResultSet row, StatementContext context) throws SQLException {
        return Rows.message(row, "resource", ModelVersion.parser()).toBuilder()
                .setState(VersionState.valueOf("VERSION_STATE_" + row.getString("state")))
                .build();
    }

    /** Of a data set, without files. */
    static DatasetVersion dataset(ResultSet row, StatementContext context) throws SQLException {
        DatasetVersion version = VersionForms.dataset(summary(row, context));
        return row.getBytes("dataset") == null
                ? version
                : version.toBuilder()
                        .mergeFrom(Rows.message(row, "dataset", DatasetVersion.parser()))
                        .build();
    }

    private static void insert(
            Handle handle, String line, long number, ModelVersion version, @Nullable DatasetVersion rows) {
        handle.createUpdate("""
                        insert into version (name, tenant, line, number, kind, digest, state, job, labels, create_time,
                            resource, files, dataset)
                        values (:name, :tenant, :line, :number, :kind, :digest, 'ACTIVE', nullif(:job, ''),
                            cast(:labels as jsonb), now(), :resource, :files, :dataset)""")
                .bind("dataset", rows == null ? null : rows.toByteArray())
                .bind("name", version.getName())
                .bind("tenant", ResourceName.parse("name", line).tenant())
                .bind("line", line)
                .bind("number", number)
                .bind("kind", kind(version.getKind()))
                .bind("digest", version.getDigest())
                .bind("job", version.getJob())
                .bind("labels", Rows.json(version.getLabelsMap()))
                .bind(
                        "resource",
                        version.toBuilder().clearFiles().clearState().build().toByteArray())
                .bind("files", Rows.files(version.getFilesList()))
                .execute();
    }

    private static void insertTensors(Handle handle, String version, List<TensorSpec> tensors) {
        for (int from = 0; from < tensors.size(); from += BATCH) {
            PreparedBatch batch = handle.prepareBatch("""
                    insert into tensor (version, name, dtype, shape, file)
                    values (:version, :name, :dtype, cast(:shape as bigint[]), :file)""");
            for (TensorSpec tensor : tensors.subList(from, Math.min(from + BATCH, tensors.size()))) {
                String shape =
                        tensor.getShapeList().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
                batch.bind("version", version)
                        .bind("name", tensor.getName())
                        .bind("dtype", tensor.getDtype())
                        .bind("shape", shape)
                        .bind("file", tensor.getFile())
                        .add();
            }
            batch.execute();
        }
    }

    private static void insertLineage(Handle handle, List<LineageEdge> edges) {
        for (LineageEdge edge : edges) {
            handle.createUpdate("""
                            insert into lineage (child, parent, role, job) values (:child, :parent, :role, :job)
                            on conflict do nothing""")
                    .bind("child", edge.getChild())
                    .bind("parent", edge.getParent())
                    .bind("role", edge.getRole())
                    .bind("job", edge.getJob())
                    .execute();
        }
    }

    private static Message announcement(ModelVersion version, @Nullable DatasetVersion rows) {
        ModelVersion summary = version.toBuilder().clearFiles().build();
        return rows != null
                ? DatasetVersionRegistered.newBuilder()
                        .setVersion(VersionForms.dataset(summary).toBuilder().mergeFrom(rows))
                        .build()
                : ModelVersionRegistered.newBuilder().setVersion(summary).build();
    }

    private static String kind(ArtifactKind kind) {
        return kind == ArtifactKind.ARTIFACT_KIND_UNSPECIFIED
                ? "DATA"
                : kind.name().substring("ARTIFACT_KIND_".length());
    }

    private static Timestamp now(Handle handle) {
        return handle.createQuery("select now() as time")
                .map((row, context) -> Rows.time(row, "time"))
                .one();
    }
}
