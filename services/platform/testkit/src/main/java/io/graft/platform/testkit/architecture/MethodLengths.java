package io.graft.platform.testkit.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Measures methods by parsing, without compiling. */
final class MethodLengths extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<MethodLength> found = new ArrayList<>();

    private MethodLengths(CompilationUnitTree unit, SourcePositions positions) {
        this.unit = unit;
        this.positions = positions;
    }

    /**
     * A method and its extent.
     *
     * @param firstLine from 1
     * @param lines from the first annotation or modifier to the closing brace
     */
    record MethodLength(String name, long firstLine, long lines) {}

    static List<MethodLength> of(Path file) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(file));
            List<MethodLength> found = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                MethodLengths lengths =
                        new MethodLengths(unit, Trees.instance(task).getSourcePositions());
                lengths.scan(unit, null);
                found.addAll(lengths.found);
            }
            return found;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
        long first = line(positions.getStartPosition(unit, method));
        long last = line(positions.getEndPosition(unit, method));
        found.add(new MethodLength(method.getName().toString(), first, last - first + 1));
        return super.visitMethod(method, nothing);
    }

    private long line(long position) {
        return unit.getLineMap().getLineNumber(position);
    }
}
