package io.graft.engine.pruning.mapping;

import io.graft.engine.pruning.ClassRanking;
import io.graft.engine.pruning.ClassVotes;
import io.graft.engine.pruning.PruneOrder;
import io.graft.engine.pruning.Pruning;
import io.graft.engine.pruning.PruningException;
import io.graft.engine.pruning.PruningInputs;
import io.graft.engine.pruning.PruningMethod;
import io.graft.engine.pruning.PruningProblem;
import io.graft.engine.pruning.RowsOf;
import io.graft.engine.pruning.TieBreak;
import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import java.util.Set;

/**
 * Each sample of the target votes for the class of the source that the surrogate predicts for it, the lower number where
 * two are equally likely; the classes with most votes stay. A class's likelihood is the surrogate's mean probability.
 */
@Method(
        kind = MethodKind.PRUNING,
        name = LabelMapping.NAME,
        title = "Label mapping (DP4TL)",
        paper = "Y. Zhang et al., Selectivity Drives Productivity: Efficient Dataset Pruning for Enhanced Transfer"
                + " Learning, arXiv 2310.08782",
        summary =
                "Keeps the source classes that a surrogate, trained on the source, predicts most often for the target's"
                        + " samples. Choose it when the source has labels.",
        notes = {
            "A small target votes for few classes; beyond those, the way ties are broken chooses.",
            "The surrogate must be trained on the whole source, which costs; it pays off over several targets."
        })
public final class LabelMapping implements PruningMethod<LabelMapping.Params> {
    static final String NAME = "label_mapping";

    /** It has none. */
    public record Params() {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Set<RowsOf> needs(Params params) {
        return Set.of(RowsOf.TARGET_LOGITS);
    }

    @Override
    public Pruning prune(Params params, PruningInputs inputs, PruneOrder order) {
        int classes = inputs.source().classes();
        if (classes == 0) {
            throw new PruningException(
                    PruningProblem.LABELS_MISSING,
                    NAME + " needs labels of the source; name their column, or choose feature_mapping");
        }
        int predicted = inputs.width(RowsOf.TARGET_LOGITS);
        if (predicted != classes) {
            throw new PruningException(
                    PruningProblem.SURROGATE_CLASSES,
                    "the surrogate predicts " + predicted + " classes, but the source has " + classes
                            + "; train it on this source");
        }
        order.budget().classesOf(classes);
        ClassVotes votes = new ClassVotes(classes);
        boolean soft = order.ties() == TieBreak.SOFT_PROB;
        double[] probabilities = new double[classes];
        inputs.read(RowsOf.TARGET_LOGITS, (index, logits) -> {
            int best = Softmax.argmax(logits);
            votes.vote(best);
            if (soft) {
                Softmax.probabilities(logits, logits[best], probabilities);
                for (int each = 0; each < classes; each++) {
                    votes.likelihood(each, probabilities[each]);
                }
            }
        });
        return Pruning.ofClasses(inputs.source(), ClassRanking.of(votes, order));
    }
}
