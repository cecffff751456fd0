package io.graft.registry.store;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.postgres.Database;
import io.graft.platform.postgres.Outbox;
import io.graft.platform.postgres.SqlFilter;
import io.graft.platform.query.Page;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.ModelName;
import io.graft.registry.domain.LineStore;
import io.graft.registry.domain.Listing;
import io.graft.v1.Model;
import io.graft.v1.ModelCreated;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Models and data sets in PostgreSQL. */
public final class PostgresLines implements LineStore {
    private static final Map<String, SqlFilter.Column> COLUMNS = Map.of(
            "create_time", new SqlFilter.Time("create_time"),
            "labels", new SqlFilter.Labels("labels"));

    private final Database database;

    public PostgresLines(Database database) {
        this.database = database;
    }

    @Override
    public Model create(Model draft, Mutation mutation) {
        String tenant = ResourceName.parse("name", draft.getName()).tenant();
        return Requests.carryOut(database, mutation, handle -> {
            Optional<String> earlier = Requests.claim(handle, tenant, mutation, draft.getName());
            if (earlier.isPresent()) {
                return LineRows.get(handle, earlier.get());
            }
            Model created = LineRows.insert(handle, draft).orElseThrow(() -> exists(draft.getName()));
            announce(handle, created, mutation.traceparent());
            return created;
        });
    }

    @Override
    public Model get(ResourceName name) {
        return database.read(handle -> LineRows.get(handle, name.toString()));
    }

    @Override
    public Page<Model> models(Listing listing) {
        return list("MODEL", listing);
    }

    @Override
    public Page<Model> datasets(Listing listing) {
        return list("DATASET", listing);
    }

    /** Tells of a new model; a data set is told of with its first version. */
    static void announce(Handle handle, Model line, String traceparent) {
        if (ResourceName.parse("name", line.getName()) instanceof ModelName) {
            ModelCreated created = ModelCreated.newBuilder().setModel(line).build();
            Outbox.add(handle, Rows.SOURCE, line.getName(), created, traceparent);
        }
    }

    private Page<Model> list(String type, Listing listing) {
        SqlFilter filter = SqlFilter.of(listing.terms(), COLUMNS);
        String tenant = ResourceName.parse("parent", listing.parent()).tenant();
        List<Model> found = database.read(handle -> handle.createQuery(
                        "select * from line where tenant = :tenant and type = :type and name > :after" + filter.sql()
                                + " order by name limit :limit")
                .bind("tenant", tenant)
                .bind("type", type)
                .bind("after", listing.after())
                .bindMap(filter.bindings())
                .bind("limit", listing.size() + 1)
                .map(LineRows::read)
                .list());
        return Rows.page(found, listing, Model::getName);
    }

    private static GraftException exists(String name) {
        return new GraftException(
                ErrorCode.ALREADY_EXISTS, name + " exists; choose another id, or use it", Map.of("resource", name));
    }
}
