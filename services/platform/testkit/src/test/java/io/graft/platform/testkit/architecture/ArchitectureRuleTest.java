package io.graft.platform.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule refuses a violation that is planted for it, and takes the same code where it belongs. */
class ArchitectureRuleTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsPlanted(ArchitectureRule rule) throws IOException {
        JavaClasses planted = PlantedSources.compile(folder, violationOf(rule));

        assertThatThrownBy(() -> rule.rule().check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Planted")
                .hasMessageContaining("because");
    }

    @ParameterizedTest
    @EnumSource
    void takesWhatIsInItsPlace(ArchitectureRule rule) throws IOException {
        JavaClasses clean = PlantedSources.compile(folder, inItsPlace(rule));

        assertThat(clean).isNotEmpty();
        assertThatCode(() -> rule.rule().check(clean)).doesNotThrowAnyException();
    }

    private static String[] violationOf(ArchitectureRule rule) {
        return switch (rule) {
            case DOMAIN_IS_PURE -> uses("io.graft.transfer.domain", "io.grpc.Status");
            case MINIO_IN_ITS_ADAPTER -> uses("io.graft.platform.artifact", "io.minio.MinioClient");
            case KAFKA_IN_ITS_ADAPTER -> uses("io.graft.transfer.domain", "org.apache.kafka.Producer");
            case KUBERNETES_IN_ITS_ADAPTER -> uses("io.graft.platform.launch", "io.fabric8.Client");
            case SQL_IN_STORES -> uses("io.graft.transfer.api", "java.sql.Connection");
            case API_IS_USED_BY_NOBODY -> uses("io.graft.transfer.domain", "io.graft.transfer.api.Transport");
            case SERVICES_MEET_BY_PROTO -> uses("io.graft.transfer", "io.graft.registry.domain.Models");
            case ENGINE_AND_WORKER_WITHOUT_CONTAINER -> uses("io.graft.worker", "io.quarkus.runtime.Startup");
            case NO_PACKAGE_CYCLES -> cycle("io.graft.planted.left", "io.graft.planted.right");
            case PACKAGES_SAY_WHAT_THEY_ARE_ABOUT -> sources("package io.graft.planted.util; final class Planted {}");
            case NO_FIELD_INJECTION -> injects("@jakarta.inject.Inject String part;");
            case CLASSES_ARE_CLOSED -> sources("package io.graft.planted; class Planted {}");
            case PACKAGES_ARE_NULL_MARKED -> sources("package io.graft.planted; final class Planted {}");
            case NO_JAVA_UTIL_LOGGING -> uses("io.graft.planted", "java.util.logging.Logger");
            case NO_STANDARD_STREAMS -> prints("io.graft.transfer.domain");
            case NO_VIRTUAL_THREADS -> starts("Thread.ofVirtual()");
        };
    }

    private static String[] inItsPlace(ArchitectureRule rule) {
        return switch (rule) {
            case DOMAIN_IS_PURE -> uses("io.graft.transfer.api", "io.grpc.Status");
            case MINIO_IN_ITS_ADAPTER -> uses("io.graft.platform.minio", "io.minio.MinioClient");
            case KAFKA_IN_ITS_ADAPTER -> uses("io.graft.platform.kafka", "org.apache.kafka.Producer");
            case KUBERNETES_IN_ITS_ADAPTER -> uses("io.graft.platform.kubernetes", "io.fabric8.Client");
            case SQL_IN_STORES -> uses("io.graft.transfer.store", "java.sql.Connection");
            case API_IS_USED_BY_NOBODY -> uses("io.graft.transfer.api", "io.graft.transfer.api.Transport");
            case SERVICES_MEET_BY_PROTO -> uses("io.graft.transfer.api", "io.graft.transfer.domain.Grafts");
            case ENGINE_AND_WORKER_WITHOUT_CONTAINER -> uses("io.graft.transfer", "io.quarkus.runtime.Startup");
            case NO_PACKAGE_CYCLES -> uses("io.graft.planted.left", "io.graft.planted.right.Part");
            case PACKAGES_SAY_WHAT_THEY_ARE_ABOUT -> sources("package io.graft.utility; final class Planted {}");
            case NO_FIELD_INJECTION ->
                injects("private final String part; @jakarta.inject.Inject Planted(String part) { this.part = part; }");
            case CLASSES_ARE_CLOSED ->
                sources(
                        "package io.graft.planted; final class Planted extends Base { Object o = new Object() {}; }",
                        "package io.graft.planted; class Base {}",
                        "package io.graft.planted; @jakarta.enterprise.context.ApplicationScoped class Bean {}",
                        "package jakarta.enterprise.context; public @interface ApplicationScoped {}",
                        "package io.graft.planted; abstract class Shape { record Point(int x) {} }",
                        "package io.graft.planted; enum Colour { RED { @Override int code() { return 1; } }; int code() { return 0; } }");
            case PACKAGES_ARE_NULL_MARKED ->
                sources(
                        "@org.jspecify.annotations.NullMarked package io.graft.planted;",
                        "package io.graft.planted; final class Planted {}");
            case NO_JAVA_UTIL_LOGGING -> uses("io.graft.planted", "org.slf4j.Logger");
            case NO_STANDARD_STREAMS -> prints("io.graft.cli.demo");
            case NO_VIRTUAL_THREADS -> starts("Thread.ofPlatform()");
        };
    }

    /** A class of a package with a field of a type, which is planted too unless it is the JDK's. */
    private static String[] uses(String fromPackage, String type) {
        String planted = "package " + fromPackage + "; final class Planted { " + type + " part; }";
        int dot = type.lastIndexOf('.');
        String target = "package " + type.substring(0, dot) + "; public interface " + type.substring(dot + 1) + " {}";
        return type.startsWith("java.") ? sources(planted) : sources(planted, target);
    }

    private static String[] cycle(String left, String right) {
        return sources(
                "package " + left + "; public interface PlantedLeft { " + right + ".PlantedRight other(); }",
                "package " + right + "; public interface PlantedRight { " + left + ".PlantedLeft other(); }");
    }

    private static String[] injects(String members) {
        return sources(
                "package io.graft.planted; final class Planted { " + members + " }",
                "package jakarta.inject; public @interface Inject {}");
    }

    private static String[] prints(String inPackage) {
        return sources("package " + inPackage + "; final class Planted { void say() { System.out.println(1); } }");
    }

    private static String[] starts(String threads) {
        return sources(
                "package io.graft.planted; final class Planted { void begin() { " + threads + ".start(() -> {}); } }");
    }

    private static String[] sources(String... sources) {
        return sources;
    }
}
