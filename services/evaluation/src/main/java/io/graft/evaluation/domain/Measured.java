package io.graft.evaluation.domain;

import io.graft.platform.submission.training.Task;
import io.graft.v1.EvaluateSpecOrBuilder;
import java.util.List;

/**
 * What an evaluation measures.
 *
 * @param task the kind of its rows
 * @param metrics what a gate can compare, the standard one first
 */
record Measured(Task task, List<String> metrics) {
    Measured {
        metrics = List.copyOf(metrics);
    }

    /** Of a specification with its defaults. */
    static Measured of(EvaluateSpecOrBuilder spec) {
        if (spec.hasTask()) {
            return new Measured(Task.OTHER, LanguageFields.metrics(spec.getTask()));
        }
        if (spec.hasEmbedding()) {
            return new Measured(
                    EmbeddingFields.task(spec.getEmbedding()), EmbeddingFields.metrics(spec.getEmbedding()));
        }
        Task task = Task.of(spec.getObjective());
        return new Measured(task, GateFields.metrics(task));
    }
}
