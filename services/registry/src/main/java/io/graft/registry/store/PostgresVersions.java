package io.graft.registry.store;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.postgres.Database;
import io.graft.platform.postgres.SqlFilter;
import io.graft.platform.query.Page;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.AliasName;
import io.graft.platform.resource.ResourceName.DatasetVersionName;
import io.graft.platform.resource.ResourceName.ModelVersionName;
import io.graft.registry.domain.Listing;
import io.graft.registry.domain.VersionStore;
import io.graft.v1.DatasetVersion;
import io.graft.v1.Lineage;
import io.graft.v1.ModelVersion;
import io.graft.v1.TensorSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Versions in PostgreSQL. */
public final class PostgresVersions implements VersionStore {
    private static final Map<String, SqlFilter.Column> COLUMNS = Map.of(
            "kind", new SqlFilter.Choice("kind", "ARTIFACT_KIND_", Set.of("FULL", "ADAPTER", "DIFF")),
            "digest", new SqlFilter.Text("digest"),
            "create_time", new SqlFilter.Time("create_time"),
            "labels", new SqlFilter.Labels("labels"));

    private final Database database;

    public PostgresVersions(Database database) {
        this.database = database;
    }

    @Override
    public ModelVersion get(ResourceName name) {
        return database.read(handle -> find(handle, name));
    }

    @Override
    public DatasetVersion dataset(DatasetVersionName name) {
        return database.read(handle -> handle.createQuery("select * from version where name = :name")
                .bind("name", name.toString())
                .map((row, context) -> VersionRows.dataset(row, context).toBuilder()
                        .addAllFiles(Rows.files(row))
                        .build())
                .findOne()
                .orElseThrow(() -> Rows.notFound(name.toString())));
    }

    @Override
    public Page<ModelVersion> list(Listing listing) {
        return page(listing, VersionRows::summary, ModelVersion::getName);
    }

    @Override
    public Page<DatasetVersion> datasets(Listing listing) {
        return page(listing, VersionRows::dataset, DatasetVersion::getName);
    }

    private <V> Page<V> page(Listing listing, RowMapper<V> mapper, Function<V, String> name) {
        SqlFilter filter = SqlFilter.of(listing.terms(), COLUMNS);
        long before = listing.after().isEmpty() ? Long.MAX_VALUE : number(listing.after());
        List<V> found = database.read(handle -> {
            LineRows.get(handle, listing.parent());
            return handle.createQuery(
                            "select resource, state, dataset from version where line = :line and number < :before"
                                    + filter.sql() + " order by number desc limit :limit")
                    .bind("line", listing.parent())
                    .bind("before", before)
                    .bindMap(filter.bindings())
                    .bind("limit", listing.size() + 1)
                    .map(mapper)
                    .list();
        });
        return Rows.page(
                found,
                listing,
                version -> name.apply(version).substring(name.apply(version).lastIndexOf('/') + 1));
    }

    @Override
    public Page<TensorSpec> tensors(Listing listing) {
        List<TensorSpec> found = database.read(handle -> {
            VersionRows.require(handle, listing.parent());
            return handle.createQuery("""
                            select name, dtype, shape, file from tensor where version = :version and name > :after
                            order by name limit :limit""")
                    .bind("version", listing.parent())
                    .bind("after", listing.after())
                    .bind("limit", listing.size() + 1)
                    .map(PostgresVersions::tensor)
                    .list();
        });
        return Rows.page(found, listing, TensorSpec::getName);
    }

    @Override
    public Lineage lineage(ModelVersionName root, int depth) {
        return database.read(handle -> {
            VersionRows.require(handle, root.toString());
            return LineageQuery.run(handle, root.toString(), depth);
        });
    }

    @Override
    public void setQuarantined(ResourceName version, boolean quarantined) {
        int changed = database.inTransaction(
                handle -> handle.createUpdate("update version set state = :state where name = :name")
                        .bind("state", quarantined ? "QUARANTINED" : "ACTIVE")
                        .bind("name", version.toString())
                        .execute());
        if (changed == 0) {
            throw Rows.notFound(version.toString());
        }
    }

    private static ModelVersion find(Handle handle, ResourceName name) {
        String version = name instanceof AliasName alias
                ? AliasRows.get(handle, alias.toString()).getVersion()
                : name.toString();
        return VersionRows.find(handle, version).orElseThrow(() -> Rows.notFound(version));
    }

    private static long number(String position) {
        try {
            return Long.parseLong(position);
        } catch (NumberFormatException e) {
            throw new GraftException(ErrorCode.INVALID_PAGE_TOKEN, "page_token is damaged; begin again without it", e);
        }
    }

    private static TensorSpec tensor(ResultSet row, StatementContext context) throws SQLException {
        Long[] shape = (Long[]) row.getArray("shape").getArray();
        return TensorSpec.newBuilder()
                .setName(row.getString("name"))
                .setDtype(row.getString("dtype"))
                .addAllShape(Arrays.asList(shape))
                .setFile(row.getString("file"))
                .build();
    }
}
