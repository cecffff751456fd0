package io.graft.platform.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workers on this machine, for services that own jobs. */
@ConfigMapping(prefix = "graft.worker")
public interface WorkerConfig {
    /** Root of the workers' directories. */
    Optional<Path> directory();

    /** Program that starts a JVM; the service's own when unset. */
    Optional<Path> command();

    /** Directory of the worker's jars. */
    Optional<Path> lib();

    /** What the worker's JVM runs. */
    @WithDefault("io.graft.engine.worker.WorkerMain")
    String mainClass();

    /** Largest heap of a worker, as {@code -Xmx} takes it. */
    @WithDefault("256m")
    String memory();

    /** Further arguments of the worker's JVM, separated by commas. */
    @WithDefault("--add-modules=jdk.incubator.vector,--enable-native-access=ALL-UNNAMED,-XX:+UseSerialGC")
    List<String> jvmArgs();

    /** Largest heap of the workers of a kind of jobs, by kind; others have that of {@code memory}. */
    Map<String, String> memoryOf();

    /** Further arguments of the JVM of the workers of a kind of jobs, by kind, beside those of {@code jvmArgs}. */
    Map<String, List<String>> jvmArgsOf();

    /** Further environment variables of workers, by name. */
    Map<String, String> environment();
}
