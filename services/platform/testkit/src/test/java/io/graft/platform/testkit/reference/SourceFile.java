package io.graft.platform.testkit.reference;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What a source file says about its members, read without compiling. */
final class SourceFile extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@(?:code|link) #?([^}]*)}");
    private static final Pattern BLOCK_TAGS = Pattern.compile("(?s)\\s@\\w+ .*");

    private final Trees trees;
    private final List<Member> members = new ArrayList<>();

    private SourceFile(Trees trees) {
        this.trees = trees;
    }

    /**
     * A type, method, field or enum constant.
     *
     * @param owner simple name of the type that declares it; empty for the outermost
     * @param type what it returns or is of; empty for a type
     * @param annotations as written, without {@code @}
     * @param doc its Javadoc as one line of Markdown, without block tags; empty when it has none
     */
    record Member(Tree.Kind kind, String owner, String name, String type, List<String> annotations, String doc) {
        Member {
            annotations = List.copyOf(annotations);
        }

        /** What an annotation of that name has between its quotes; empty when there is none. */
        String annotated(String annotation) {
            return annotations.stream()
                    .filter(text -> text.startsWith(annotation + "("))
                    .map(text -> text.substring(text.indexOf('"') + 1, text.lastIndexOf('"')))
                    .findFirst()
                    .orElse("");
        }
    }

    static List<Member> membersOf(Path file) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(file));
            SourceFile source = new SourceFile(Trees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                source.scan(unit, null);
            }
            return source.members;
        }
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
        add(tree, tree.getSimpleName().toString(), "", tree.getModifiers().getAnnotations());
        return super.visitClass(tree, nothing);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
        add(
                tree,
                tree.getName().toString(),
                String.valueOf(tree.getReturnType()),
                tree.getModifiers().getAnnotations());
        return super.visitMethod(tree, nothing);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void nothing) {
        add(
                tree,
                tree.getName().toString(),
                String.valueOf(tree.getType()),
                tree.getModifiers().getAnnotations());
        return super.visitVariable(tree, nothing);
    }

    private void add(Tree tree, String name, String type, List<? extends Tree> annotations) {
        String doc = trees.getDocComment(getCurrentPath());
        members.add(new Member(
                tree.getKind(),
                ownerOf(getCurrentPath()),
                name,
                type,
                annotations.stream()
                        .map(annotation -> annotation.toString().substring(1))
                        .toList(),
                doc == null ? "" : markdown(doc)));
    }

    private static String ownerOf(TreePath path) {
        return path.getParentPath().getLeaf() instanceof ClassTree owner
                ? owner.getSimpleName().toString()
                : "";
    }

    private static String markdown(String doc) {
        String text = BLOCK_TAGS.matcher(" " + doc).replaceFirst("");
        return INLINE_TAG
                .matcher(text)
                .replaceAll("`$1`")
                .strip()
                .replaceAll("\\s+", " ")
                .replace("|", "\\|");
    }
}
