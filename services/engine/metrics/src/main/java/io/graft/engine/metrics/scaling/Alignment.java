package io.graft.engine.metrics.scaling;

import java.util.List;

/** Whether the pre-training data serve a task, told from its loss and its score side by side (arXiv 2402.04177). */
public enum Alignment {
    /** Both improve with every size: the loss may stand for the score. */
    ALIGNED("Loss and score improve together; the loss may be used to plan."),
    /** The loss falls while the score wavers or falls: the loss must not stand for the score. */
    MISALIGNED("The loss falls while the score does not rise with it: the pre-training data do not fit the task. Do not"
            + " extrapolate from the loss; switch or mix the corpus."),
    /** The loss itself does not fall, so it says nothing. */
    UNDECIDED("The loss does not fall with every size. Score more checkpoints, further apart, before concluding.");

    private final String advice;

    Alignment(String advice) {
        this.advice = advice;
    }

    /** What follows for people. */
    public String advice() {
        return advice;
    }

    /**
     * Compares.
     *
     * @param losses cross entropy of the task at each size
     * @param scores BLEU or another score of which more is better
     */
    public static Alignment of(List<ScalingPoint> losses, List<ScalingPoint> scores) {
        if (!Monotonicity.holds(losses, LawKind.CROSS_ENTROPY)) {
            return UNDECIDED;
        }
        return Monotonicity.holds(scores, LawKind.LOG_LAW) ? ALIGNED : MISALIGNED;
    }
}
