package io.graft.engine.safetensors.compatibility;

import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.TensorSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What subtracting a base from its fine-tuned model will store, or every reason why it cannot be done.
 *
 * @param tensors the tensors of the difference, in the base's order
 * @param untouched tensors that are left out: excluded ones, and those without arithmetic, which must prove equal
 * @param mustBeEqual the part of {@code untouched} whose bytes have to be compared
 * @param problems empty when the subtraction may go ahead
 * @param tunedPrefix of the fine-tuned names beside the base's
 */
public record DifferencePlan(
        List<PlannedTensor> tensors,
        List<String> untouched,
        List<String> mustBeEqual,
        List<CompatibilityProblem> problems,
        BodyPrefix tunedPrefix) {
    public DifferencePlan {
        tensors = List.copyOf(tensors);
        untouched = List.copyOf(untouched);
        mustBeEqual = List.copyOf(mustBeEqual);
        problems = List.copyOf(problems);
    }

    /**
     * Plans fine-tuned - base.
     *
     * @param rules their output dtype is the dtype the difference is stored in; null means F32
     */
    public static DifferencePlan check(Collection<TensorSpec> base, Collection<TensorSpec> tuned, GraftRules rules) {
        Side baseSide = Side.of("source_base", base);
        Side storedTuned = Side.of("source_finetuned", tuned);
        BodyPrefix prefix = BodyPrefix.between(
                baseSide.tensors().keySet().stream()
                        .filter(rules.selection()::selects)
                        .toList(),
                storedTuned);
        Side tunedSide = prefix.without(storedTuned);
        ProblemLog log = new ProblemLog(List.of(baseSide, tunedSide));
        RowAgreement rows = new RowAgreement(rules.vocabulary(), log);
        @Nullable Dtype chosen = rules.outputDtype();
        Dtype dtype = chosen == null ? Dtype.F32 : chosen;
        List<PlannedTensor> planned = new ArrayList<>();
        List<String> untouched = new ArrayList<>();
        List<String> mustBeEqual = new ArrayList<>();
        for (TensorSpec left : baseSide.tensors().values()) {
            String name = left.name();
            TensorSpec right = tunedSide.find(name);
            if (!rules.selection().selects(name)) {
                untouched.add(name);
            } else if (right == null) {
                log.add(ProblemKind.MISSING_TENSOR, name, "Use a model tuned from this base, or exclude the tensor");
            } else if (left.dtype().isArithmetic() && right.dtype().isArithmetic()) {
                RowAgreement.Outcome outcome = rows.agree(name, right.shape(), List.of(left.shape()));
                if (outcome != null) {
                    TensorSpec output = new TensorSpec(name, dtype, outcome.computedShape());
                    planned.add(new PlannedTensor(output, outcome.action(), output.elements()));
                }
            } else if (left.equals(right)) {
                untouched.add(name);
                mustBeEqual.add(name);
            } else {
                log.add(ProblemKind.DTYPE_UNSUPPORTED, name, "Only F64, F32, F16 and BF16 can differ; exclude it");
            }
        }
        for (String name : tunedSide.tensors().keySet()) {
            if (baseSide.find(name) == null && rules.selection().selects(name)) {
                log.add(ProblemKind.MISSING_TENSOR, name, "Use a model tuned from this base, or exclude the tensor");
            }
        }
        if (planned.isEmpty() && log.problems().isEmpty()) {
            log.nothingSelected();
        }
        return new DifferencePlan(planned, untouched, mustBeEqual, log.problems(), prefix);
    }

    /**
     * This plan, if nothing speaks against it.
     *
     * @throws IncompatibleWeightsException with all problems otherwise
     */
    public DifferencePlan orThrow() {
        if (!problems.isEmpty()) {
            throw new IncompatibleWeightsException(problems);
        }
        return this;
    }
}
