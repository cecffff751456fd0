package io.graft.engine.weights;

import java.util.List;
import java.util.stream.Collectors;

/** NaN or infinity in the inputs, or a result beyond the range of the output dtype. No output file remains. */
public final class NonFiniteWeightsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final transient List<Finding> findings;

    /**
     * One tensor of one model.
     *
     * @param model {@code source_base}, {@code source_finetuned}, {@code difference}, {@code target_base} or {@code output}
     * @param count how many elements are not finite
     */
    public record Finding(String tensor, String model, long count) {}

    NonFiniteWeightsException(List<Finding> findings) {
        super(findings.stream()
                        .limit(SHOWN)
                        .map(f -> "tensor '" + f.tensor() + "' has " + f.count() + " non-finite values in " + f.model())
                        .collect(Collectors.joining("; "))
                + (findings.size() > SHOWN ? "; and " + (findings.size() - SHOWN) + " more" : "")
                + ". Repair the inputs, lower lambda or choose a wider output dtype");
        this.findings = List.copyOf(findings);
    }

    /** Every finding, in the order of the target's tensors. */
    public List<Finding> findings() {
        return findings;
    }
}
