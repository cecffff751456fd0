package io.graft.platform.config;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.event.EventPublisher;
import io.graft.platform.kafka.KafkaEventPublisher;
import io.graft.platform.kafka.KafkaSettings;
import io.graft.platform.launch.Launcher;
import io.graft.platform.launch.WorkerEnvironment;
import io.graft.platform.minio.MinioArtifactStore;
import io.graft.platform.minio.S3Settings;
import io.graft.platform.process.LocalProcessLauncher;
import io.graft.platform.process.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parts that all services of one process share, made from settings. */
@ApplicationScoped
class PlatformBeans {

    @Produces
    @Singleton
    S3Settings s3Settings(S3Config config) {
        return new S3Settings(
                config.endpoint(), config.bucket(), config.region(), config.accessKey(), config.secretKey());
    }

    @Produces
    @Singleton
    KafkaSettings kafkaSettings(KafkaConfig config) {
        return new KafkaSettings(config.bootstrap(), config.delivery());
    }

    @Produces
    @ApplicationScoped
    ArtifactStore artifactStore(S3Settings settings) {
        return MinioArtifactStore.connect(settings);
    }

    void close(@Disposes ArtifactStore store) {
        store.close();
    }

    @Produces
    @ApplicationScoped
    EventPublisher eventPublisher(KafkaSettings settings) {
        return new KafkaEventPublisher(settings);
    }

    void close(@Disposes EventPublisher publisher) {
        publisher.close();
    }

    @Produces
    @ApplicationScoped
    Launcher launcher(WorkerConfig config, S3Settings s3, KafkaSettings kafka, ArtifactStore artifacts) {
        Path java = config.command().orElseGet(() -> Path.of(System.getProperty("java.home"), "bin", "java"));
        WorkerSettings settings = new WorkerSettings(
                required("graft.worker.directory", config.directory()).toAbsolutePath(),
                java,
                required("graft.worker.lib", config.lib()).toAbsolutePath(),
                config.mainClass(),
                config.memory(),
                config.memoryOf(),
                config.jvmArgs(),
                config.jvmArgsOf(),
                environment(config, s3, kafka));
        return new LocalProcessLauncher(settings, artifacts);
    }

    private static Map<String, String> environment(WorkerConfig config, S3Settings s3, KafkaSettings kafka) {
        Map<String, String> environment = new HashMap<>(config.environment());
        environment.put(WorkerEnvironment.S3_ENDPOINT, s3.endpoint());
        environment.put(WorkerEnvironment.S3_BUCKET, s3.bucket());
        environment.put(WorkerEnvironment.S3_REGION, s3.region());
        environment.put(WorkerEnvironment.S3_ACCESS_KEY, s3.accessKey());
        environment.put(WorkerEnvironment.S3_SECRET_KEY, s3.secretKey());
        environment.put(WorkerEnvironment.KAFKA_BOOTSTRAP, kafka.bootstrap());
        return environment;
    }

    private static <T> T required(String key, Optional<T> value) {
        return value.orElseThrow(
                () -> new IllegalStateException("Set " + key + ": a service that owns jobs starts workers"));
    }
}
