package io.graft.transfer.domain;

import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.TensorSpec;
import io.graft.engine.safetensors.compatibility.CompatibilityProblem;
import io.graft.engine.safetensors.compatibility.ProblemKind;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns what the engine finds about tensor listings into typed refusals. */
final class TensorCheck {
    private static final int MOST_NAMED = 50;

    /** Answers travel in headers, which clients limit. */
    private static final int LONGEST_LIST = 1_500;

    private TensorCheck() {}

    /** The engine's form of a listing. */
    static List<TensorSpec> listing(List<io.graft.v1.TensorSpec> tensors) {
        return tensors.stream()
                .map(tensor -> new TensorSpec(
                        tensor.getName(),
                        Dtype.named(tensor.getDtype())
                                .orElseThrow(() -> new IllegalStateException(
                                        "The registry lists an unknown data type " + tensor.getDtype())),
                        tensor.getShapeList()))
                .toList();
    }

    /**
     * Refuses when there is any problem.
     *
     * @throws GraftException {@code TENSOR_MISMATCH}, {@code VOCABULARY_MISMATCH} when only numbers of tokens differ,
     *     {@code WRONG_ARTIFACT_KIND} or {@code INVALID_REQUEST}
     */
    static void throwIfAny(List<CompatibilityProblem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        CompatibilityProblem first = problems.getFirst();
        switch (worst(problems)) {
            case ADAPTER ->
                throw new GraftException(
                        ErrorCode.WRONG_ARTIFACT_KIND,
                        Sides.describe(first.sides()) + "; merge the adapter into its base first");
            case NOTHING_SELECTED ->
                throw GraftException.invalid(
                        ErrorCode.INVALID_REQUEST,
                        List.of(new FieldViolation(
                                "spec.include", "with spec.exclude leaves no tensor to work on; widen the patterns")));
            case VOCABULARY_DIFFERS -> throw VocabularyCheck.rows(named(problems), metadata(problems));
            case MISSING_TENSOR, SHAPE_DIFFERS, DTYPE_UNSUPPORTED ->
                throw new GraftException(
                        ErrorCode.TENSOR_MISMATCH,
                        problems.size() + (problems.size() == 1 ? " tensor does" : " tensors do") + " not fit: "
                                + named(problems)
                                + "; use versions of one architecture, or leave these tensors out with spec.exclude",
                        metadata(problems));
        }
    }

    private static ProblemKind worst(List<CompatibilityProblem> problems) {
        return problems.stream()
                .map(CompatibilityProblem::kind)
                .filter(kind -> kind != ProblemKind.VOCABULARY_DIFFERS)
                .findFirst()
                .orElse(ProblemKind.VOCABULARY_DIFFERS);
    }

    private static String named(List<CompatibilityProblem> problems) {
        StringBuilder list = new StringBuilder();
        int shown = 0;
        for (CompatibilityProblem problem : problems) {
            if (shown == MOST_NAMED || list.length() > LONGEST_LIST) {
                break;
            }
            list.append(shown++ == 0 ? "" : ", ")
                    .append(problem.tensor())
                    .append(" (")
                    .append(Sides.describe(problem.sides()))
                    .append(')');
        }
        if (shown < problems.size()) {
            list.append(" and ").append(problems.size() - shown).append(" more");
        }
        return list.toString();
    }

    private static Map<String, String> metadata(List<CompatibilityProblem> problems) {
        CompatibilityProblem first = problems.getFirst();
        List<String> shapes =
                first.sides().values().stream().map(TensorCheck::shape).toList();
        String left = shapes.isEmpty() ? "" : shapes.getFirst();
        String right =
                shapes.stream().filter(shape -> !shape.equals(left)).findFirst().orElse(left);
        Map<String, String> metadata = new HashMap<>();
        metadata.put("tensor", first.tensor());
        metadata.put("left_shape", left);
        metadata.put("right_shape", right);
        metadata.put("count", Integer.toString(problems.size()));
        return metadata;
    }

    /** {@code BF16 [4, 2]} without the data type; {@code absent} as it is. */
    private static String shape(String side) {
        return side.substring(Math.max(0, side.indexOf('[')));
    }
}
