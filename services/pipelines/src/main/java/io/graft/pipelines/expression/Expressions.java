package io.graft.pipelines.expression;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.NullValue;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelContainer;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compiles and evaluates expressions in CEL with its string functions. They have no side effects and always end: 10,000 steps
 * of comprehensions, 4,000 characters, patterns without backtracking. Compiled programs are kept. Thread-safe.
 */
public final class Expressions {
    private static final int MAX_LENGTH = 4_000;
    private static final int MAX_ITERATIONS = 10_000;
    private static final int MAX_REGEX_PROGRAM = 2_000;
    private static final int MAX_KEPT = 2_000;
    private static final CelOptions LIMITS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_LENGTH)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(MAX_REGEX_PROGRAM)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private final Map<Key, Compiled> kept = new ConcurrentHashMap<>();

    /** An expression in its scope. */
    private record Key(Scope scope, String text) {}

    /** A program and the type of what it gives. */
    private record Compiled(CelRuntime.Program program, CelType type) {}

    /**
     * Checks an expression.
     *
     * @param wanted what it must give
     * @throws ExpressionException when it is wrong, uses what the scope lacks, or gives something else
     */
    public void check(Scope scope, String text, Type wanted) {
        CelType type = compiled(scope, text).type();
        CelType expected = celType(wanted);
        boolean number = wanted instanceof Type.Decimal && type.equals(SimpleType.INT);
        if (!number && !expected.isAssignableFrom(type) && !type.equals(SimpleType.DYN)) {
            throw new ExpressionException("gives " + type.name() + ", but " + expected.name() + " is needed");
        }
    }

    /**
     * Evaluates an expression.
     *
     * @param values of the variables; messages for those of a message's type
     * @return a String, Long, Double, Boolean, List, Map or Message; null for the literal
     * @throws ExpressionException when it is wrong or fails with these values
     */
    public @Nullable Object evaluate(Scope scope, String text, Map<String, ?> values) {
        try {
            Object value = compiled(scope, text).program().eval(values);
            return value == NullValue.NULL_VALUE ? null : value;
        } catch (CelEvaluationException e) {
            throw new ExpressionException("'" + text + "' fails: " + e.getMessage(), e);
        }
    }

    private Compiled compiled(Scope scope, String text) {
        if (kept.size() > MAX_KEPT) {
            kept.clear();
        }
        return kept.computeIfAbsent(new Key(scope, text), key -> compile(key.scope(), key.text()));
    }

    private static Compiled compile(Scope scope, String text) {
        CelBuilder builder = CelFactory.standardCelBuilder()
                .setOptions(LIMITS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setContainer(CelContainer.ofName("graft.v1"))
                .addCompilerLibraries(CelExtensions.strings())
                .addRuntimeLibraries(CelExtensions.strings());
        scope.variables().forEach((name, type) -> {
            builder.addVar(name, celType(type));
            if (type instanceof Type.Of(Descriptor message)) {
                builder.addMessageTypes(message);
            }
        });
        Cel cel = builder.build();
        CelValidationResult result = cel.compile(text);
        if (result.hasError()) {
            throw new ExpressionException("'" + text + "' is refused: "
                    + result.getErrors().stream()
                            .map(error ->
                                    error.getMessage().replace(" (in container 'graft.v1')", "") + " at character "
                                            + (error.getSourceLocation().getColumn() + 1))
                            .collect(Collectors.joining("; "))
                    + known(scope, result));
        }
        try {
            CelAbstractSyntaxTree ast = result.getAst();
            return new Compiled(cel.createProgram(ast), ast.getResultType());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new ExpressionException("'" + text + "' is refused: " + e.getMessage(), e);
        }
    }

    private static String known(Scope scope, CelValidationResult result) {
        boolean undeclared =
                result.getErrors().stream().anyMatch(error -> error.getMessage().startsWith("undeclared reference"));
        return undeclared
                ? "; there is " + (scope.variables().isEmpty() ? "no variable here" : "only " + scope.names() + " here")
                : "";
    }

    private static CelType celType(Type type) {
        return switch (type) {
            case Type.Text _ -> SimpleType.STRING;
            case Type.Whole _ -> SimpleType.INT;
            case Type.Decimal _ -> SimpleType.DOUBLE;
            case Type.Flag _ -> SimpleType.BOOL;
            case Type.Texts _ -> ListType.create(SimpleType.STRING);
            case Type.Of of -> StructTypeReference.create(of.message().getFullName());
            case Type.Any _ -> SimpleType.DYN;
        };
    }
}
