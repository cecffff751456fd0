package io.graft.engine.safetensors.compatibility;

/**
 * What to do when vocabulary tensors differ in their number of rows. Any other difference of shape is always refused.
 *
 * <p>"Efficient Model Development through Fine-tuning Transfer" (arXiv 2503.20110); zero padding is what its official
 * script does.
 */
public enum VocabularyPolicy {
    /** A difference is a problem. */
    REFUSE,
    /**
     * Bases with fewer rows than the fine-tuned model are padded with zero rows, so that at lambda 1 the rows of added
     * tokens become the fine-tuned ones. A fine-tuned model with fewer rows than a base is a problem.
     */
    ZERO_PAD_SOURCE,
    /** The rows all models have are grafted; the target's further rows stay as they are. */
    COMMON_ROWS
}
