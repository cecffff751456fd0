package io.graft.engine.metrics.scaling;

/**
 * One checkpoint, fine-tuned and scored.
 *
 * @param size how much it was pre-trained on, in tokens or any other unit
 * @param score of the downstream task: a loss for {@link LawKind#CROSS_ENTROPY}, a score such as BLEU for {@link
 *     LawKind#LOG_LAW}
 */
public record ScalingPoint(double size, double score) {}
