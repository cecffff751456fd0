package io.graft.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The running services: says when they are ready, and stays until it is told to leave. */
final class StandaloneApplication implements QuarkusApplication {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final StandaloneConfig config;
    private final SmallRyeHealthReporter health;
    private final String kafka;
    private final String s3;
    private final String bucket;

    StandaloneApplication(
            StandaloneConfig config,
            SmallRyeHealthReporter health,
            @ConfigProperty(name = "graft.kafka.bootstrap") String kafka,
            @ConfigProperty(name = "graft.s3.endpoint") String s3,
            @ConfigProperty(name = "graft.s3.bucket") String bucket) {
        this.config = config;
        this.health = health;
        this.kafka = kafka;
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public int run(String... arguments) throws IOException, InterruptedException {
        GraftHome home = new GraftHome(config.home());
        awaitReadiness(home);
        Endpoints endpoints = new Endpoints(
                ProcessHandle.current().pid(), config.http(), config.grpc(), kafka, s3, bucket, config.postgres());
        GraftHome.write(home.endpoints(), endpoints.json());
        System.out.print(endpoints.banner(home));
        Quarkus.waitForExit();
        return 0;
    }

    private void awaitReadiness(GraftHome home) throws InterruptedException {
        long limit = System.nanoTime() + READY_LIMIT.toNanos();
        SmallRyeHealth readiness = health.getReadiness();
        while (readiness.isDown()) {
            if (System.nanoTime() > limit) {
                throw new StandaloneException(
                        ExitStatus.FAILED,
                        "The services are not ready: " + readiness.getPayload() + ". More is in " + home.logs());
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            readiness = health.getReadiness();
        }
    }
}
