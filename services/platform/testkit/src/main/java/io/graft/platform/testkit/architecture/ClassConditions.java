package io.graft.platform.testkit.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/** Conditions that the library of architecture rules lacks. */
final class ClassConditions {
    /**
     * Final, a record, an enum, an interface, or made to be extended: abstract, extended in the same module, or a bean that
     * the container proxies.
     */
    static final ArchCondition<JavaClass> BE_CLOSED_FOR_EXTENSION =
            condition("be closed for extension", ClassConditions::isClosed, "is open for extension");

    static final ArchCondition<JavaClass> LIE_IN_A_NULL_MARKED_PACKAGE = condition(
            "lie in a null-marked package",
            type -> type.getPackage().isAnnotatedWith(NullMarked.class),
            "lies in a package that is not null-marked");

    static final ArchCondition<JavaClass> NOT_DEPEND_ON_ANOTHER_SERVICE =
            new ArchCondition<>("not depend on another service") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    Optional<String> own = serviceOf(type);
                    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                        Optional<String> other = serviceOf(dependency.getTargetClass());
                        boolean apart = own.isEmpty() || other.isEmpty() || own.equals(other);
                        events.add(new SimpleConditionEvent(type, apart, dependency.getDescription()));
                    }
                }
            };

    private static final List<String> SERVICES = List.of("registry", "transfer");

    private ClassConditions() {}

    private static Optional<String> serviceOf(JavaClass type) {
        return SERVICES.stream()
                .filter(service -> (type.getPackageName() + ".").startsWith("io.graft." + service + "."))
                .findFirst();
    }

    private static boolean isClosed(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.FINAL)
                || type.getModifiers().contains(JavaModifier.ABSTRACT)
                || type.isInterface()
                || type.isEnum()
                || type.isAnonymousClass()
                || type.isAnnotatedWith("jakarta.enterprise.context.ApplicationScoped")
                || !type.getSubclasses().isEmpty();
    }

    private static ArchCondition<JavaClass> condition(String name, Predicate<JavaClass> holds, String otherwise) {
        return new ArchCondition<>(name) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String message = type.getName() + " " + otherwise + " in " + type.getSourceCodeLocation();
                events.add(new SimpleConditionEvent(type, holds.test(type), message));
            }
        };
    }
}
