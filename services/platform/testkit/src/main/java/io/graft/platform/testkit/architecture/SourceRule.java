package io.graft.platform.testkit.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One rule about source files. */
enum SourceRule {
    FILES_ARE_SHORT {
        @Override
        List<String> violations(Path file) throws IOException {
            long lines = Files.readAllLines(file).size();
            return lines <= MAX_FILE_LINES
                    ? List.of()
                    : List.of(file + " has " + lines + " lines, more than " + MAX_FILE_LINES
                            + ": split it where its parts have names of their own");
        }
    },
    /** Tests are left out: theirs may be tables of cases. */
    METHODS_ARE_SHORT {
        @Override
        List<String> violations(Path file) throws IOException {
            if (file.toString().contains(TESTS)) {
                return List.of();
            }
            return MethodLengths.of(file).stream()
                    .filter(method -> method.lines() > MAX_METHOD_LINES)
                    .map(method -> file + ":" + method.firstLine() + ": " + method.name() + " has " + method.lines()
                            + " lines, more than " + MAX_METHOD_LINES + ": name its steps as methods")
                    .toList();
        }
    };

    private static final String TESTS = "/src/test/";
    private static final int MAX_FILE_LINES = 500;
    private static final int MAX_METHOD_LINES = 60;

    abstract List<String> violations(Path file) throws IOException;

    /** Violations of all rules in the Java files below a folder; none when there is no such folder. */
    static List<String> allViolations(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> violations = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                for (SourceRule rule : values()) {
                    violations.addAll(rule.violations(file));
                }
            }
        }
        return violations;
    }
}
