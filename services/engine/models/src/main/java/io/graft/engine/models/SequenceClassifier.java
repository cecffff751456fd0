package io.graft.engine.models;

import io.graft.engine.tensors.Tensor;
import java.util.List;

/** Gives each text, or pair of texts, a score for each label. */
public interface SequenceClassifier extends Model {
    /** Scores [batch, labels]; one label means a regression. */
    Tensor logits(TokenBatch batch);

    /** Names of the labels, in the order of the scores. */
    List<String> labels();
}
