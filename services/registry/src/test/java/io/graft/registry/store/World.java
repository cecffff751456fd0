package io.graft.registry.store;

import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.postgres.Database;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.ModelName;
import io.graft.platform.resource.ResourceName.UploadName;
import io.graft.platform.trace.TraceContext;
import io.graft.registry.RealArtifacts;
import io.graft.registry.TinyModel;
import io.graft.registry.domain.DatasetInspection;
import io.graft.registry.domain.Downloads;
import io.graft.registry.domain.Lines;
import io.graft.registry.domain.ModelInspection;
import io.graft.registry.domain.Uploads;
import io.graft.v1.CommitUploadRequest;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.Upload;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A whole registry on a fresh schema of a real PostgreSQL and a real S3 store; both servers are shared by all tests. */
final class World {
    static final ModelName MODEL = new ModelName("default", "tiny");
    static final String TRACE = TraceContext.begin().traceparent();

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    final Database database = freshSchema();
    final ArtifactStore artifacts;
    final PostgresLines lineStore = new PostgresLines(database);
    final PostgresVersions versions = new PostgresVersions(database);
    final PostgresAliases aliases = new PostgresAliases(database);
    final PostgresUploads uploadStore = new PostgresUploads(database);
    final Lines lines = new Lines(lineStore);
    final Uploads uploads;
    final Downloads downloads;

    World() {
        this(RealArtifacts.store());
    }

    /** A registry over another artifact store, for example one that fails. */
    World(ArtifactStore artifacts) {
        this.artifacts = artifacts;
        uploads = new Uploads(
                uploadStore,
                artifacts,
                new ModelInspection(artifacts),
                new DatasetInspection(artifacts),
                InstantSource.system());
        downloads = new Downloads(versions, artifacts);
    }

    /** A call without idempotency key. */
    static Mutation call() {
        return call("", false);
    }

    static Mutation call(String requestId, boolean validateOnly) {
        return new Mutation("Test", requestId, "payload", validateOnly, TRACE);
    }

    void createModel() {
        lines.createModel(MODEL.tenant(), MODEL.model(), "", Map.of(), call());
    }

    /** Announces a model's files and stores them as a client would. */
    UploadName uploadFiles(TinyModel model) {
        return uploadFiles(
                CreateUploadRequest.newBuilder().addAllFiles(model.announced()).build(), model);
    }

    UploadName uploadFiles(CreateUploadRequest request, TinyModel model) {
        Upload upload = uploads.create(MODEL, request, call());
        UploadName name = ResourceName.parse("name", upload.getName(), UploadName.class);
        putFiles(ArtifactKeys.upload(name), model);
        return name;
    }

    void putFiles(String prefix, TinyModel model) {
        model.files().forEach((path, content) -> artifacts.put(prefix + path, content));
    }

    Upload commit(UploadName name) {
        return uploads.commit(name, Mutation.of(CommitUploadRequest.getDefaultInstance(), TRACE));
    }

    /** Registers a version of the model. */
    String version(int seed) {
        return commit(uploadFiles(TinyModel.sound(seed))).getVersion();
    }

    /** Types of all events that wait to be published, in order. */
    List<String> events() {
        return database.read(handle -> handle.createQuery("select type from outbox order by position")
                .mapTo(String.class)
                .list());
    }

    private static Database freshSchema() {
        String schema = "registry" + SCHEMAS.incrementAndGet();
        PGSimpleDataSource source = (PGSimpleDataSource) Servers.POSTGRES.getPostgresDatabase();
        source.setCurrentSchema(schema);
        Flyway.configure()
                .dataSource(source)
                .schemas(schema)
                .locations("db/platform", "db/registry")
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
