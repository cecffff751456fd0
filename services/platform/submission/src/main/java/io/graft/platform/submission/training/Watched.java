package io.graft.platform.submission.training;

import io.graft.platform.submission.SpecFields;
import io.graft.v1.TrainingLoop;
import java.util.List;

/** The metric that ends a training early. */
final class Watched {
    private static final List<String> OF_TEXTS = List.of("eval_loss", "eval_perplexity");
    private static final List<String> OF_LABELS = List.of("eval_loss", "eval_accuracy");

    private Watched() {}

    /** Notes one that the evaluations of a task do not give. */
    static void check(SpecFields fields, String path, TrainingLoop loop, Task task) {
        String metric = Params.of(loop.getStopping()).text("metric");
        List<String> given = switch (task) {
            case CAUSAL_LM -> OF_TEXTS;
            case CLASSIFICATION, PAIR_CLASSIFICATION, PAIRS -> OF_LABELS;
            case INPUTS, OTHER -> List.of();
        };
        fields.require(
                metric.isEmpty() || given.isEmpty() || given.contains(metric),
                path + ".stopping.params.metric",
                "is " + metric + "; the evaluations of this objective give " + String.join(", ", given));
    }
}
