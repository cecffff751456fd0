package io.graft.engine.safetensors.compatibility;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects problems with what every side has of the tensor in question. */
final class ProblemLog {
    private final List<Side> sides;
    private final List<CompatibilityProblem> problems = new ArrayList<>();

    ProblemLog(List<Side> sides) {
        this.sides = sides;
        for (Side side : sides) {
            if (side.holdsAdapter()) {
                Map<String, String> what = Map.of(side.label(), "holds LoRA adapter weights");
                String cure = "Merge the adapter into its base model first";
                problems.add(new CompatibilityProblem(ProblemKind.ADAPTER, "", what, cure));
            }
        }
    }

    void add(ProblemKind kind, String tensor, String cure) {
        Map<String, String> what = new LinkedHashMap<>();
        sides.forEach(side -> what.put(side.label(), side.describe(tensor)));
        problems.add(new CompatibilityProblem(kind, tensor, what, cure));
    }

    void nothingSelected() {
        String cure = "Widen the include patterns or drop some exclude patterns";
        problems.add(new CompatibilityProblem(ProblemKind.NOTHING_SELECTED, "", Map.of(), cure));
    }

    List<CompatibilityProblem> problems() {
        return problems;
    }
}
