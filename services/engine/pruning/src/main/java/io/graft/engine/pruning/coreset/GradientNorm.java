package io.graft.engine.pruning.coreset;

import io.graft.engine.pruning.PruneOrder;
import io.graft.engine.pruning.Pruning;
import io.graft.engine.pruning.PruningException;
import io.graft.engine.pruning.PruningInputs;
import io.graft.engine.pruning.PruningMethod;
import io.graft.engine.pruning.PruningProblem;
import io.graft.engine.pruning.RowsOf;
import io.graft.engine.pruning.SourceSamples;
import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;
import java.util.Set;

/**
 * Keeps the samples with the greatest gradient of the cross entropy. GraNd is the norm over all weights; here it is exact
 * over those of the surrogate's head, with its bias, which needs no backward pass: |p - y| * sqrt(|h|² + 1). EL2N is the
 * first factor. The paper averages over several runs; one surrogate gives one.
 */
@Method(
        kind = MethodKind.PRUNING,
        name = GradientNorm.NAME,
        title = "Gradient norm (GraNd, EL2N)",
        paper = "M. Paul et al., Deep Learning on a Data Diet: Finding Important Examples Early in Training, arXiv"
                + " 2107.07075",
        summary =
                "Keeps the samples whose loss has the greatest gradient under the surrogate. Looks at the source only.",
        notes = "It keeps wrong labels too: their gradients are the greatest.")
public final class GradientNorm implements PruningMethod<GradientNorm.Params> {
    static final String NAME = "gradient_norm";

    /** What is measured. */
    public enum Measure {
        /** The gradient of the head. */
        GRADIENT,
        /** The distance of the probabilities from the label, EL2N. */
        ERROR
    }

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "the norm of the head's gradient, or of the error alone (EL2N)", byDefault = "gradient")
            Measure measure) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Set<RowsOf> needs(Params params) {
        return switch (params.measure()) {
            case GRADIENT -> Set.of(RowsOf.SOURCE_LOGITS, RowsOf.SOURCE_FEATURES);
            case ERROR -> Set.of(RowsOf.SOURCE_LOGITS);
        };
    }

    @Override
    public Pruning prune(Params params, PruningInputs inputs, PruneOrder order) {
        SourceSamples source = inputs.source();
        int kept = order.budget().ofSamples(NAME).keptOf(source.count());
        float[] norms = errors(inputs);
        if (params.measure() == Measure.GRADIENT) {
            inputs.read(
                    RowsOf.SOURCE_FEATURES,
                    (index, features) -> norms[index] *= (float) Math.sqrt(1 + squared(features)));
        }
        return Pruning.ofSamples(source, new SampleScores(norms).between(source.count() - kept, source.count()));
    }

    private static float[] errors(PruningInputs inputs) {
        SourceSamples source = inputs.source();
        if (source.classes() == 0) {
            throw new PruningException(
                    PruningProblem.LABELS_MISSING, NAME + " needs labels of the source; name their column");
        }
        int predicted = inputs.width(RowsOf.SOURCE_LOGITS);
        if (predicted != source.classes()) {
            throw new PruningException(
                    PruningProblem.SURROGATE_CLASSES,
                    "the surrogate predicts " + predicted + " classes, but the source has " + source.classes()
                            + "; train it on this source");
        }
        float[] errors = new float[source.count()];
        inputs.read(RowsOf.SOURCE_LOGITS, (index, logits) -> errors[index] = error(logits, source.label(index)));
        return errors;
    }

    /** |softmax(logits) - onehot(label)| = sqrt(sum p² - 2 p_label + 1). */
    private static float error(float[] logits, int label) {
        float greatest = logits[0];
        for (float each : logits) {
            greatest = Math.max(greatest, each);
        }
        double sum = 0;
        double squares = 0;
        for (float each : logits) {
            double exponential = Math.exp(each - greatest);
            sum += exponential;
            squares += exponential * exponential;
        }
        double right = Math.exp(logits[label] - greatest) / sum;
        // The label's own part is taken out first: 1 - p may be tiny beside the squares.
        double others = Math.max(0, squares / (sum * sum) - right * right);
        return (float) Math.sqrt(others + (1 - right) * (1 - right));
    }

    private static double squared(float[] features) {
        double sum = 0;
        for (float each : features) {
            sum += (double) each * each;
        }
        return sum;
    }
}
