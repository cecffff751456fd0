package io.graft.engine.safetensors.compatibility;

/** What happens to one tensor of the target. */
public enum TensorAction {
    /** Every element gets the difference added. */
    GRAFTED,
    /** Grafted after missing rows were taken as zero. */
    PADDED,
    /** Only the rows all models share are grafted, the rest is the target's. */
    COMMON_ROWS,
    /** Copied from the target because the patterns leave it out. */
    COPIED_EXCLUDED,
    /** Not a floating point tensor; copied from the target once base and fine-tuned proved equal byte by byte. */
    COPIED_EQUAL
}
