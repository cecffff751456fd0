package io.graft.engine.safetensors.compatibility;

import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.TensorSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What adding a difference to a target will do to each tensor, or every reason why it cannot be done.
 *
 * @param tensors the result's tensors in the target's order; complete only when there are no problems
 * @param problems empty when the graft may go ahead
 * @param prefixes of the sources' names beside the target's, in the order of the sources
 */
public record GraftPlan(List<PlannedTensor> tensors, List<CompatibilityProblem> problems, List<BodyPrefix> prefixes) {
    private static final String SAME_KEYS = "Use models of one architecture, or exclude the tensor";

    public GraftPlan {
        tensors = List.copyOf(tensors);
        problems = List.copyOf(problems);
        prefixes = List.copyOf(prefixes);
    }

    /** Plans target + lambda (fine-tuned - base). */
    public static GraftPlan check(
            Collection<TensorSpec> sourceBase,
            Collection<TensorSpec> sourceTuned,
            Collection<TensorSpec> target,
            GraftRules rules) {
        Side base = Side.of("source_base", sourceBase);
        Side tuned = Side.of("source_finetuned", sourceTuned);
        return new Planner(List.of(base, tuned), Side.of("target_base", target), Set.of(), rules).plan();
    }

    /**
     * Plans target + lambda * difference.
     *
     * @param untouched tensors the difference deliberately leaves out; they are copied from the target
     */
    public static GraftPlan checkDifference(
            Collection<TensorSpec> difference, Set<String> untouched, Collection<TensorSpec> target, GraftRules rules) {
        Side diff = Side.of("difference", difference);
        return new Planner(List.of(diff), Side.of("target_base", target), untouched, rules).plan();
    }

    /**
     * This plan, if nothing speaks against it.
     *
     * @throws IncompatibleWeightsException with all problems otherwise
     */
    public GraftPlan orThrow() {
        if (!problems.isEmpty()) {
            throw new IncompatibleWeightsException(problems);
        }
        return this;
    }

    private static final class Planner {
        private final List<Side> sources;
        private final Side target;
        private final Side tuned;
        private final List<BodyPrefix> prefixes;
        private final Set<String> untouched;
        private final GraftRules rules;
        private final ProblemLog log;
        private final RowAgreement rows;
        private final List<PlannedTensor> planned = new ArrayList<>();

        Planner(List<Side> stored, Side target, Set<String> untouched, GraftRules rules) {
            List<String> wanted = target.tensors().keySet().stream()
                    .filter(name -> rules.selection().selects(name) && !untouched.contains(name))
                    .toList();
            this.prefixes = stored.stream()
                    .map(side -> BodyPrefix.between(wanted, side))
                    .toList();
            this.sources = IntStream.range(0, stored.size())
                    .mapToObj(i -> prefixes.get(i).without(stored.get(i)))
                    .toList();
            this.target = target;
            this.tuned = sources.getLast();
            this.untouched = untouched;
            this.rules = rules;
            this.log = new ProblemLog(
                    Stream.concat(sources.stream(), Stream.of(target)).toList());
            this.rows = new RowAgreement(rules.vocabulary(), log);
        }

        GraftPlan plan() {
            target.tensors().values().forEach(this::planTensor);
            for (String name : sourceNames()) {
                if (target.find(name) == null && rules.selection().selects(name)) {
                    log.add(ProblemKind.MISSING_TENSOR, name, SAME_KEYS);
                }
            }
            if (log.problems().isEmpty() && planned.stream().noneMatch(tensor -> tensor.computedElements() > 0)) {
                log.nothingSelected();
            }
            return new GraftPlan(planned, log.problems(), prefixes);
        }

        private void planTensor(TensorSpec wanted) {
            String name = wanted.name();
            if (!rules.selection().selects(name)) {
                planned.add(new PlannedTensor(wanted, TensorAction.COPIED_EXCLUDED, 0));
                return;
            }
            if (untouched.contains(name)) {
                boolean number = wanted.dtype().isArithmetic();
                TensorAction action = number ? TensorAction.COPIED_EXCLUDED : TensorAction.COPIED_EQUAL;
                planned.add(new PlannedTensor(wanted, action, 0));
                return;
            }
            if (sources.stream().anyMatch(source -> source.find(name) == null)) {
                log.add(ProblemKind.MISSING_TENSOR, name, SAME_KEYS);
                return;
            }
            List<TensorSpec> all = Stream.concat(sources.stream(), Stream.of(target))
                    .flatMap(side -> Stream.ofNullable(side.find(name)))
                    .toList();
            if (all.stream().allMatch(spec -> spec.dtype().isArithmetic())) {
                planArithmetic(wanted, all);
            } else if (all.stream().allMatch(wanted::equals)) {
                planned.add(new PlannedTensor(wanted, TensorAction.COPIED_EQUAL, 0));
            } else {
                log.add(
                        ProblemKind.DTYPE_UNSUPPORTED,
                        name,
                        "Only F64, F32, F16 and BF16 can be grafted; other tensors must agree or be excluded");
            }
        }

        private void planArithmetic(TensorSpec wanted, List<TensorSpec> all) {
            @Nullable TensorSpec leading = tuned.find(wanted.name());
            if (leading == null) {
                return;
            }
            RowAgreement.Outcome outcome = rows.agree(
                    wanted.name(),
                    leading.shape(),
                    all.stream().map(TensorSpec::shape).toList());
            if (outcome == null) {
                return;
            }
            Dtype chosen = rules.outputDtype();
            Dtype dtype = chosen == null ? wanted.dtype() : chosen;
            TensorSpec computed = new TensorSpec(wanted.name(), dtype, outcome.computedShape());
            TensorSpec output = outcome.action() == TensorAction.COMMON_ROWS ? wanted.withDtype(dtype) : computed;
            planned.add(new PlannedTensor(output, outcome.action(), computed.elements()));
        }

        private Set<String> sourceNames() {
            Set<String> names = new LinkedHashSet<>();
            sources.forEach(source -> names.addAll(source.tensors().keySet()));
            return names;
        }
    }
}
