package io.graft.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL, Kafka and the S3 store, started together and stopped together. */
final class EmbeddedParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedParts.class);

    private final DataLock lock;
    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;
    private final EmbeddedS3 s3;

    private EmbeddedParts(DataLock lock, EmbeddedPostgres postgres, EmbeddedKafka kafka, EmbeddedS3 s3) {
        this.lock = lock;
        this.postgres = postgres;
        this.kafka = kafka;
        this.s3 = s3;
    }

    /**
     * Starts all three side by side. When one fails, the others are stopped again.
     *
     * @throws EmbeddedPartException the first failure, the others suppressed in it
     */
    static EmbeddedParts start(PartsSettings settings) {
        DataLock lock = DataLock.take(settings.data());
        try (ExecutorService starters = Executors.newCachedThreadPool()) {
            Future<EmbeddedPostgres> postgres = starters.submit(() -> EmbeddedPostgres.start(
                    settings.data().resolve("postgres"), settings.postgresPort(), settings.postgresPassword()));
            Future<EmbeddedKafka> kafka = starters.submit(() -> EmbeddedKafka.start(
                    settings.data().resolve("kafka"), settings.kafkaPort(), settings.kafkaControllerPort()));
            Future<EmbeddedS3> s3 = starters.submit(() -> s3(settings));
            List<AutoCloseable> started = new ArrayList<>();
            List<EmbeddedPartException> failures = new ArrayList<>();
            for (Future<? extends AutoCloseable> part : List.of(postgres, kafka, s3)) {
                try {
                    started.add(part.get());
                } catch (ExecutionException e) {
                    failures.add(asPartFailure(e));
                }
            }
            if (failures.isEmpty()) {
                return new EmbeddedParts(lock, postgres.resultNow(), kafka.resultNow(), s3.resultNow());
            }
            EmbeddedPartException first = failures.removeFirst();
            failures.forEach(first::addSuppressed);
            closeAll(started);
            stop(lock);
            throw first;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPartException(
                    EmbeddedPartException.Reason.START_FAILED, "Interrupted while the parts start", e);
        }
    }

    private static EmbeddedPartException asPartFailure(ExecutionException failure) {
        if (failure.getCause() instanceof EmbeddedPartException known) {
            return known;
        }
        return new EmbeddedPartException(
                EmbeddedPartException.Reason.START_FAILED, "A part does not start: " + failure.getCause(), failure);
    }

    private static EmbeddedS3 s3(PartsSettings settings) {
        EmbeddedS3 store = EmbeddedS3.start(
                settings.data().resolve("objects"), settings.s3Port(), settings.s3AccessKey(), settings.s3SecretKey());
        store.createBucket(settings.bucket());
        return store;
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    EmbeddedS3 s3() {
        return s3;
    }

    /** Stops all three side by side; a failure is logged and doesn't keep the others from stopping. */
    @Override
    public void close() {
        closeAll(List.of(s3, kafka, postgres));
        stop(lock);
    }

    private static void closeAll(List<AutoCloseable> parts) {
        try (ExecutorService stoppers = Executors.newCachedThreadPool()) {
            List<Callable<Boolean>> stops = new ArrayList<>();
            parts.forEach(part -> stops.add(() -> stop(part)));
            stoppers.invokeAll(stops);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean stop(AutoCloseable part) {
        try {
            part.close();
            return true;
        } catch (Exception e) { // declared by AutoCloseable
            LOG.error("A part did not stop cleanly; its data is recovered at the next start", e);
            return false;
        }
    }
}
