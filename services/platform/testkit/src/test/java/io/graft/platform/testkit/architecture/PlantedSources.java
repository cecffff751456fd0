package io.graft.platform.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources that are given as text, into a folder of their own. */
final class PlantedSources {
    private static final Pattern PACKAGE = Pattern.compile("package ([a-z0-9.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

    private PlantedSources() {}

    /** Writes each source where its package and type belong. */
    static List<Path> write(Path folder, String... sources) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String source : sources) {
            String type = find(TYPE, source, "package-info");
            Path file =
                    folder.resolve(find(PACKAGE, source, "").replace('.', '/')).resolve(type + ".java");
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source));
        }
        return files;
    }

    static JavaClasses compile(Path folder, String... sources) throws IOException {
        List<Path> files = write(folder.resolve("src"), sources);
        Path classes = Files.createDirectories(folder.resolve("target/classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", classes.toString());
            boolean compiled = compiler.getTask(
                            output, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(compiled).as(output.toString()).isTrue();
        }
        return new ClassFileImporter().importPath(classes);
    }

    private static String find(Pattern pattern, String source, String otherwise) {
        return pattern.matcher(source)
                .results()
                .map((MatchResult match) -> match.group(1))
                .findFirst()
                .orElse(otherwise);
    }
}
