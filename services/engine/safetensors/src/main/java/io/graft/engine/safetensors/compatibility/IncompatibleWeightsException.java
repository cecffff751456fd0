package io.graft.engine.safetensors.compatibility;

import java.util.List;
import java.util.stream.Collectors;

/** Models that cannot be combined, with every reason at once. */
public final class IncompatibleWeightsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final transient List<CompatibilityProblem> problems;

    /** Takes all problems; the message shows the first twenty. */
    public IncompatibleWeightsException(List<CompatibilityProblem> problems) {
        super(problems.stream().limit(SHOWN).map(CompatibilityProblem::message).collect(Collectors.joining("\n"))
                + (problems.size() > SHOWN ? "\nand " + (problems.size() - SHOWN) + " more" : ""));
        this.problems = List.copyOf(problems);
    }

    /** All problems, in the order of the tensors. */
    public List<CompatibilityProblem> problems() {
        return problems;
    }
}
