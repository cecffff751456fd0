package io.graft.platform.testkit.architecture;

import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.graft.platform.testkit.architecture.ClassConditions.BE_CLOSED_FOR_EXTENSION;
import static io.graft.platform.testkit.architecture.ClassConditions.LIE_IN_A_NULL_MARKED_PACKAGE;
import static io.graft.platform.testkit.architecture.ClassConditions.NOT_DEPEND_ON_ANOTHER_SERVICE;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.lang.syntax.elements.GivenClasses;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.concurrent.Executors;

/** One rule about compiled classes. Its failure message names the rule, the class and what to do. */
public enum ArchitectureRule {
    DOMAIN_IS_PURE(
            noClasses()
                    .that()
                    .resideInAPackage("io.graft..domain..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.grpc..", "jakarta..", "io.quarkus..", "ai.djl..")
                    .because(
                            "a domain is plain Java: let the api or an adapter translate, and pass the domain values or a port")),

    MINIO_IN_ITS_ADAPTER(onlyIn("..minio..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.minio..", "okhttp3..")
            .because("only the adapter named after MinIO names its library: use the port ArtifactStore")),

    KAFKA_IN_ITS_ADAPTER(
            onlyIn("..kafka..", "io.graft.embedded..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..", "io.cloudevents..")
                    .because(
                            "only the adapter named after Kafka names its library: use the ports EventPublisher and EventHandler")),

    KUBERNETES_IN_ITS_ADAPTER(onlyIn("..kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..")
            .because("only the adapter named after Kubernetes names its library: use the port Launcher")),

    SQL_IN_STORES(onlyIn("..postgres..", "..store..", "io.graft.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jdbi..", "java.sql..", "org.postgresql..")
            .because("SQL lives in the packages postgres and store: give the store a method that says what is wanted")),

    API_IS_USED_BY_NOBODY(ArchRuleDefinition.classes()
            .that()
            .resideInAPackage("io.graft..api..")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage("io.graft..api..")
            .because("a transport is called from outside only: move what others need into the domain")),

    SERVICES_MEET_BY_PROTO(ArchRuleDefinition.classes()
            .should(NOT_DEPEND_ON_ANOTHER_SERVICE)
            .because("services meet by gRPC and events: add an rpc or an event to proto")),

    ENGINE_AND_WORKER_WITHOUT_CONTAINER(noClasses()
            .that()
            .resideInAnyPackage("io.graft.engine..", "io.graft.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..")
            .because("a worker is a plain process: discover with ServiceLoader and pass through constructors")),

    NO_PACKAGE_CYCLES(slices().matching("io.graft.(**)")
            .namingSlices("$1")
            .should()
            .beFreeOfCycles()
            .because("packages that need each other are one: merge them, or move what both need into a third")),

    PACKAGES_SAY_WHAT_THEY_ARE_ABOUT(noClasses()
            .should()
            .resideInAnyPackage("io.graft..util..", "io.graft..common..", "io.graft..impl..", "io.graft..manager..")
            .because("a package is named after its domain: put the class beside those that use it")),

    NO_FIELD_INJECTION(ArchRuleDefinition.noFields()
            .should()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("io.quarkus.grpc.GrpcClient")
            .orShould()
            .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
            .because("a test must be able to pass every part: inject through the constructor")),

    CLASSES_ARE_CLOSED(ArchRuleDefinition.classes()
            .should(BE_CLOSED_FOR_EXTENSION)
            .because("nobody designed them to be extended: make the class final, a record, or sealed")),

    PACKAGES_ARE_NULL_MARKED(ArchRuleDefinition.classes()
            .should(LIE_IN_A_NULL_MARKED_PACKAGE)
            .because("NullAway checks marked packages only: add a package-info.java with @NullMarked")),

    NO_JAVA_UTIL_LOGGING(onlyIn("io.graft.cli..", "io.graft.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .because("log lines carry request and trace ids through slf4j only: use org.slf4j.Logger")),

    NO_STANDARD_STREAMS(noClasses()
            .that()
            .resideOutsideOfPackages("io.graft.cli..", "io.graft.embedded..", "io.graft.standalone..", "..benchmark..")
            .should(ACCESS_STANDARD_STREAMS)
            .because("only a command line talks to its terminal: use org.slf4j.Logger")),

    NO_VIRTUAL_THREADS(
            noClasses()
                    .should()
                    .callMethod(Thread.class, "ofVirtual")
                    .orShould()
                    .callMethod(Thread.class, "startVirtualThread", Runnable.class)
                    .orShould()
                    .callMethod(Executors.class, "newVirtualThreadPerTaskExecutor")
                    .orShould()
                    .beAnnotatedWith("io.smallrye.common.annotation.RunOnVirtualThread")
                    .because(
                            "two that wait for a class to be initialized can stop all others for good (ADR 24): use platform threads, and @Blocking on a gRPC service"));

    private final ArchRule rule;

    ArchitectureRule(ArchRule rule) {
        this.rule = rule.allowEmptyShould(true);
    }

    ArchRule rule() {
        return rule;
    }

    private static GivenClasses noClasses() {
        return ArchRuleDefinition.noClasses();
    }

    private static GivenClassesConjunction onlyIn(String... packages) {
        return noClasses().that().resideOutsideOfPackages(packages);
    }
}
