package io.graft.engine.metrics.gate;

import io.graft.engine.metrics.InputCheck;
import java.util.HashSet;
import java.util.List;

/**
 * What a gate decides on.
 *
 * @param target the runs on what the candidate was made for
 * @param subsets parts of the target's examples, those that the rule names among them
 * @param retained runs on what the baseline could do already, so that forgetting shows; may use metrics of their own
 */
public record GateQuestion(RunPair target, List<Subset> subsets, List<RunPair> retained) {
    /**
     * @throws io.graft.engine.metrics.MetricInputException naming every subset that is empty, or has a wrong index
     */
    public GateQuestion {
        subsets = List.copyOf(subsets);
        retained = List.copyOf(retained);
        InputCheck check = new InputCheck();
        for (Subset subset : subsets) {
            String field = "subsets." + subset.name();
            int n = target.size();
            check.require(!subset.examples().isEmpty(), field, "has no examples", "leave it out or add examples");
            check.require(
                    subset.examples().stream().allMatch(e -> e >= 0 && e < n),
                    field,
                    "names an example beyond the " + n + " of the runs",
                    "number the examples from 0");
            check.require(
                    new HashSet<>(subset.examples()).size() == subset.examples().size(),
                    field,
                    "names an example twice",
                    "name each example once");
        }
        check.done();
    }

    /** Two runs without subsets or retained tasks. */
    public static GateQuestion of(RunPair target) {
        return new GateQuestion(target, List.of(), List.of());
    }
}
