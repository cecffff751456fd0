package io.graft.engine.models;

import io.graft.engine.tensors.Tensor;
import java.util.List;

/** Gives each image a score for each label. */
public interface ImageClassifier extends Model {
    /** Scores [batch, labels] for normalised pixels [batch, channels, height, width] of type F32. */
    Tensor logits(Tensor pixels);

    /** Names of the labels, in the order of the scores. */
    List<String> labels();
}
