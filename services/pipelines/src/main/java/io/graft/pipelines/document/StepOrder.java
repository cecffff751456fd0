package io.graft.pipelines.document;

import io.graft.pipelines.document.PipelineDocument.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that the steps of a list have names of their own and that their needs lead to earlier steps, so never in a circle. */
final class StepOrder {
    private final Problems problems;

    StepOrder(Problems problems) {
        this.problems = problems;
    }

    void check(List<Step> steps) {
        Map<String, Step> byId = new HashMap<>();
        for (Step step : steps) {
            Step earlier = byId.get(step.id());
            if (earlier != null) {
                problems.add(
                        step.place(),
                        "has the id '" + step.id() + "' of the step in line "
                                + earlier.place().line());
            }
            Set<String> seen = new HashSet<>();
            for (String need : step.needs()) {
                if (!byId.containsKey(need)) {
                    problems.add(
                            step.place(),
                            "needs '" + need + "', which is no earlier step of the same list; earlier are "
                                    + (byId.isEmpty()
                                            ? "none"
                                            : String.join(
                                                    ", ",
                                                    byId.keySet().stream()
                                                            .sorted()
                                                            .toList())));
                } else if (!seen.add(need)) {
                    problems.add(step.place(), "needs '" + need + "' twice");
                }
            }
            byId.put(step.id(), step);
        }
    }
}
