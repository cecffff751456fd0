package io.graft.pipelines.store;

import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import io.graft.pipelines.domain.PipelineEvents;
import io.graft.pipelines.domain.Pipelines;
import io.graft.pipelines.domain.Programs;
import io.graft.pipelines.domain.RunCare;
import io.graft.pipelines.domain.RunStore;
import io.graft.pipelines.domain.Triggers;
import io.graft.platform.event.Event;
import io.graft.platform.postgres.Database;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.PipelineName;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.Alias;
import io.graft.v1.AliasMoved;
import io.graft.v1.Job;
import io.graft.v1.JobStateChanged;
import io.graft.v1.Pipeline;
import io.graft.v1.PipelineRun;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A whole pipelines service on a fresh schema of a real PostgreSQL, with services that a test scripts. */
public final class World {
    public static final String TENANT = "default";
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    public final Database database = freshSchema();
    public final Programs programs = new Programs();
    public final ScriptedPlatform platform = new ScriptedPlatform();
    public final PostgresPipelines pipelineStore = new PostgresPipelines(database);
    public final PostgresRuns runs =
            new PostgresRuns(database, "/graft/pipelines", programs.beginning(), programs.replacing());
    public final PostgresTriggers triggerStore = new PostgresTriggers(database);
    public final Triggers triggers = new Triggers(triggerStore, runs, programs);
    public final PipelineEvents events = new PipelineEvents(triggerStore, runs, programs, triggers);
    public final Pipelines pipelines = new Pipelines(pipelineStore, runs, programs, platform);
    public final RunCare care = new RunCare(runs, programs, platform);

    public static Mutation call(String requestId, boolean validateOnly) {
        return new Mutation(
                "Test", requestId, "payload", validateOnly, TraceContext.begin().traceparent());
    }

    public Pipeline create(String id, String document) {
        return pipelines.create(
                TENANT, id, Pipeline.newBuilder().setDocument(document).build(), call("", false));
    }

    public static PipelineName name(String id) {
        return new PipelineName(TENANT, id);
    }

    public PipelineRun run(String id) {
        return pipelines.run(name(id), Struct.getDefaultInstance(), "ann", call("", false));
    }

    public PipelineRun get(PipelineRun run) {
        return runs.find(run.getName()).orElseThrow().run();
    }

    /** Cares for a run as a replica would, whatever is due. */
    public PipelineRun attend(PipelineRun run) {
        care.attend(run.getName());
        return get(run);
    }

    /** Runs of a tenant or pipeline, oldest first. */
    public List<PipelineRun> all(String parent) {
        return runs.list(new RunStore.RunQuery(parent, List.of(), 1000, "", ""))
                .items()
                .reversed();
    }

    /** An event that nobody told of before. */
    public static Event event(Message data, String subject) {
        return new Event(
                UUID.randomUUID().toString(),
                data.getDescriptorForType().getFullName(),
                "/graft/test",
                subject,
                1,
                Instant.now(),
                TraceContext.begin().traceparent(),
                data);
    }

    public static Event moved(String model, String alias, int version) {
        String name = "tenants/" + TENANT + "/models/" + model;
        return event(
                AliasMoved.newBuilder()
                        .setAlias(Alias.newBuilder()
                                .setName(name + "/aliases/" + alias)
                                .setVersion(name + "/versions/" + version))
                        .setPreviousVersion(version == 1 ? "" : name + "/versions/" + (version - 1))
                        .build(),
                name);
    }

    /** What a job's service tells of it. */
    public static Event changed(Job job) {
        return event(JobStateChanged.newBuilder().setJob(job).build(), job.getName());
    }

    public int outbox() {
        return database.read(handle -> handle.createQuery("select count(*) from outbox")
                .mapTo(int.class)
                .one());
    }

    private static Database freshSchema() {
        String schema = "pipelines" + SCHEMAS.incrementAndGet();
        PGSimpleDataSource source = (PGSimpleDataSource) Servers.POSTGRES.getPostgresDatabase();
        source.setCurrentSchema(schema);
        Flyway.configure()
                .dataSource(source)
                .schemas(schema)
                .locations("db/platform", "db/pipelines")
                .load()
                .migrate();
        return new Database(source);
    }

    private static final class Servers {
        static final EmbeddedPostgres POSTGRES;

        static {
            try {
                POSTGRES = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
