package io.graft.engine.worker;

import io.graft.platform.error.GraftException;
import io.graft.platform.kafka.KafkaEventPublisher;
import io.graft.platform.kafka.KafkaSettings;
import io.graft.platform.launch.ExitCode;
import io.graft.platform.minio.MinioArtifactStore;
import io.graft.platform.minio.S3Settings;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's process. It takes its orders from the variables of {@link io.graft.platform.launch.WorkerEnvironment} and
 * ends with an {@link ExitCode}. On SIGTERM it keeps a checkpoint if its job has them, drops what is not yet committed and
 * leaves within 25 seconds with 143.
 */
public final class WorkerMain {
    private static final int LEAVE_SECONDS = 25;

    private WorkerMain() {}

    /** Takes no arguments. */
    public static void main(String[] args) {
        System.exit(run(System.getenv()).value());
    }

    private static ExitCode run(Map<String, String> environment) {
        WorkerLog.configure(environment);
        Logger log = LoggerFactory.getLogger(WorkerMain.class);
        StopSignal stop = new StopSignal();
        try {
            AttemptIdentity identity = AttemptIdentity.fromEnvironment(environment);
            S3Settings s3 = S3Settings.fromEnvironment(environment);
            stop.work(Thread.currentThread());
            leaveOnRequest(stop);
            try (KafkaEventPublisher publisher = new KafkaEventPublisher(KafkaSettings.fromEnvironment(environment))) {
                return new Worker(
                                identity,
                                new StoreConnection(() -> MinioArtifactStore.connect(s3)),
                                new AttemptReports(identity, publisher, Clock.systemUTC()),
                                JobRunners.load(),
                                Failpoint.fromEnvironment(environment, identity.attempt()),
                                stop,
                                Clock.systemUTC())
                        .run();
            }
        } catch (GraftException e) {
            log.error("The worker can't start: {}", e.getMessage());
            return ExitCode.FAILED;
        } finally {
            stop.end();
        }
    }

    /** The process ends when this hook does; until then the working thread cleans up. */
    private static void leaveOnRequest(StopSignal stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.request();
            try {
                if (!stop.awaitEnd(LEAVE_SECONDS)) {
                    LoggerFactory.getLogger(WorkerMain.class).warn("The worker leaves without having cleaned up");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
