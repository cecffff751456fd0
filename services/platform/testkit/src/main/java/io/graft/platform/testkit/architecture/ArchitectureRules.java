package io.graft.platform.testkit.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks every {@link ArchitectureRule} and the lengths of files and methods on one module, in a plain test. */
public final class ArchitectureRules {
    private ArchitectureRules() {}

    /** Checks the module that a test class belongs to. */
    public static void checkModuleOf(Class<?> test) {
        try {
            Path testClasses = Path.of(
                    test.getProtectionDomain().getCodeSource().getLocation().toURI());
            checkModule(testClasses.resolve("../..").normalize());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(test + " is not loaded from a folder", e);
        }
    }

    /**
     * Checks a compiled module.
     *
     * @param module its folder; the parent of {@code src} and {@code target}
     * @throws AssertionError naming every violation, or when the module has no classes, which would hide them all
     */
    public static void checkModule(Path module) {
        JavaClasses classes = new ClassFileImporter().importPath(module.resolve("target/classes"));
        if (classes.isEmpty()) {
            throw new AssertionError(module + " has no compiled classes: there is nothing to check");
        }
        List<String> violations = new ArrayList<>();
        for (ArchitectureRule rule : ArchitectureRule.values()) {
            EvaluationResult result = rule.rule().evaluate(classes);
            if (result.hasViolation()) {
                violations.add(rule + ": " + result.getFailureReport());
            }
        }
        try {
            violations.addAll(SourceRule.allViolations(module.resolve("src")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n\n", violations));
        }
    }
}
