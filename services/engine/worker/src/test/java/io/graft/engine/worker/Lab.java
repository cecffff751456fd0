package io.graft.engine.worker;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import io.graft.embedded.EmbeddedKafka;
import io.graft.embedded.EmbeddedS3;
import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.artifact.StoredObject;
import io.graft.platform.event.EventTypes;
import io.graft.platform.kafka.KafkaEventPublisher;
import io.graft.platform.kafka.KafkaSettings;
import io.graft.platform.kafka.KafkaSubscription;
import io.graft.platform.kafka.SubscriptionSettings;
import io.graft.platform.kafka.TopicSetup;
import io.graft.platform.launch.ExitCode;
import io.graft.platform.launch.WorkerEnvironment;
import io.graft.platform.minio.MinioArtifactStore;
import io.graft.platform.minio.S3Settings;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.platform.testkit.contract.StoredFiles;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.AttemptReported;
import io.graft.v1.Checkpoint;
import io.graft.v1.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A real object store and a real broker, shared by the tests of this module, and what a service would put there. */
final class Lab {
    static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static final Lab LAB = start();

    private final S3Settings s3;
    private final KafkaSettings kafka;
    private final MinioArtifactStore store;
    private final KafkaEventPublisher publisher;
    private final List<AttemptReported> reports = new CopyOnWriteArrayList<>();

    private Lab(S3Settings s3, KafkaSettings kafka) {
        this.s3 = s3;
        this.kafka = kafka;
        this.store = MinioArtifactStore.connect(s3);
        this.publisher = new KafkaEventPublisher(kafka);
    }

    static Lab get() {
        return LAB;
    }

    private static Lab start() {
        try {
            Path directory = Files.createTempDirectory(Path.of("target"), "lab");
            EmbeddedS3 objects = EmbeddedS3.start(directory.resolve("objects"), 0, "key", "secret-of-tests");
            EmbeddedKafka broker = EmbeddedKafka.start(directory.resolve("kafka"), 0, 0);
            KafkaSettings kafka = KafkaSettings.of(broker.bootstrap());
            TopicSetup.DEFAULT.create(kafka);
            Lab lab =
                    new Lab(new S3Settings(objects.endpoint(), "graft", "us-east-1", "key", "secret-of-tests"), kafka);
            KafkaSubscription subscription = KafkaSubscription.start(
                    kafka,
                    SubscriptionSettings.of("lab", Set.of(EventTypes.ATTEMPT_TOPIC)),
                    event -> lab.reports.add((AttemptReported) event.data()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                subscription.close();
                lab.publisher.close();
                broker.close();
                objects.close();
            }));
            return lab;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    S3Settings s3() {
        return s3;
    }

    KafkaSettings kafka() {
        return kafka;
    }

    MinioArtifactStore store() {
        return store;
    }

    static JobName newJob(String kind) {
        return new JobName("default", kind + "-" + UUID.randomUUID());
    }

    /** Commits a folder as a version and says how an assignment would name it. */
    AssignmentInput version(String role, Path folder) {
        String prefix = "tenants/default/uploads/" + UUID.randomUUID() + "/";
        Manifest.Builder draft = Manifest.newBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                draft.addFiles(StoredFiles.entry(String.valueOf(file.getFileName()), Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Manifest manifest = new ArtifactCommit(store, step -> {}).commitFolder(prefix, folder, draft.build());
        return AssignmentInput.newBuilder()
                .setRole(role)
                .setVersion("tenants/default/models/" + role.replace('_', '-') + "/versions/1")
                .setManifest(prefix + ArtifactCommit.MANIFEST)
                .setDigest(manifest.getDigest())
                .build();
    }

    /** The same, of another attempt that goes on from a checkpoint. */
    Assignment assignAgain(Assignment earlier, Checkpoint from) {
        JobName job = ResourceName.parse("job", earlier.getJob(), JobName.class);
        int attempt = earlier.getAttempt() + 1;
        Assignment assignment = earlier.toBuilder()
                .setAttempt(attempt)
                .setFencingToken(earlier.getFencingToken() + 1)
                .setOutputPrefix(ArtifactKeys.outputs(job, attempt))
                .setCheckpointPrefix(ArtifactKeys.checkpoints(job, attempt))
                .setResumeFrom(from)
                .build();
        store.put(ArtifactKeys.assignment(job, attempt), assignment.toByteArray());
        return assignment;
    }

    /** Runs an attempt within this process. */
    ExitCode run(Assignment assignment, Path folder) throws IOException {
        return run(assignment, folder, new StopSignal());
    }

    /** The same, to be asked to leave. */
    ExitCode run(Assignment assignment, Path folder, StopSignal stop) throws IOException {
        AttemptIdentity identity = new AttemptIdentity(
                ResourceName.parse("job", assignment.getJob(), JobName.class),
                assignment.getAttempt(),
                assignment.getFencingToken(),
                Files.createTempDirectory(folder, "work"),
                TraceContext.begin());
        return run(identity, stop);
    }

    ExitCode run(AttemptIdentity identity) {
        return run(identity, new StopSignal());
    }

    private ExitCode run(AttemptIdentity identity, StopSignal stop) {
        return new Worker(
                        identity,
                        new StoreConnection(() -> MinioArtifactStore.connect(s3)),
                        new AttemptReports(identity, publisher, Clock.systemUTC()),
                        JobRunners.load(),
                        new Failpoint("", 1),
                        stop,
                        Clock.systemUTC())
                .run();
    }

    /** The last report of an attempt that has ended. */
    AttemptReported last(Assignment assignment) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        reports(assignment).stream().anyMatch(report -> report.hasFailed() || report.hasCommitted()));
        return reports(assignment).getLast();
    }

    /** Writes an assignment to the store, as a service does before it launches. */
    Assignment assign(JobName job, int attempt, Message spec, List<AssignmentInput> inputs) {
        Assignment assignment = Assignment.newBuilder()
                .setJob(job.toString())
                .setAttempt(attempt)
                .setFencingToken(1000 + attempt)
                .setKind(job.job().substring(0, job.job().indexOf('-')))
                .setSpec(Any.pack(spec))
                .addAllInputs(inputs)
                .setOutputPrefix(ArtifactKeys.outputs(job, attempt))
                .setCheckpointPrefix(ArtifactKeys.checkpoints(job, attempt))
                .setTraceparent(TRACEPARENT)
                .setHeartbeatInterval(Durations.fromSeconds(2))
                .build();
        store.put(ArtifactKeys.assignment(job, attempt), assignment.toByteArray());
        return assignment;
    }

    /** What a launcher tells the worker. */
    Map<String, String> environment(Assignment assignment, Path workDirectory) {
        Map<String, String> environment = new HashMap<>();
        environment.put(WorkerEnvironment.JOB, assignment.getJob());
        environment.put(WorkerEnvironment.ATTEMPT, Integer.toString(assignment.getAttempt()));
        environment.put(WorkerEnvironment.FENCING_TOKEN, Long.toString(assignment.getFencingToken()));
        environment.put(WorkerEnvironment.WORK_DIRECTORY, workDirectory.toString());
        environment.put(WorkerEnvironment.TRACEPARENT, TRACEPARENT);
        environment.put(WorkerEnvironment.S3_ENDPOINT, s3.endpoint());
        environment.put(WorkerEnvironment.S3_BUCKET, s3.bucket());
        environment.put(WorkerEnvironment.S3_REGION, s3.region());
        environment.put(WorkerEnvironment.S3_ACCESS_KEY, s3.accessKey());
        environment.put(WorkerEnvironment.S3_SECRET_KEY, s3.secretKey());
        environment.put(WorkerEnvironment.KAFKA_BOOTSTRAP, kafka.bootstrap());
        return environment;
    }

    /** Reports of an attempt that have come so far. */
    List<AttemptReported> reports(Assignment assignment) {
        return reports.stream()
                .filter(report ->
                        report.getJob().equals(assignment.getJob()) && report.getAttempt() == assignment.getAttempt())
                .toList();
    }

    List<String> outputs(Assignment assignment) {
        try (Stream<StoredObject> objects = store.list(assignment.getOutputPrefix())) {
            return objects.map(object ->
                            object.key().substring(assignment.getOutputPrefix().length()))
                    .toList();
        }
    }

    Manifest manifest(Assignment assignment) {
        return ArtifactCommit.read(store, assignment.getOutputPrefix() + ArtifactCommit.MANIFEST);
    }

    /** Downloads a committed output. */
    Path fetch(Assignment assignment, Path folder) {
        manifest(assignment).getFilesList().forEach(file -> {
            Path target = folder.resolve(file.getPath());
            try {
                Files.createDirectories(target.resolveSibling(""));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            store.get(assignment.getOutputPrefix() + file.getPath(), target);
        });
        return folder;
    }
}
