package io.graft.engine.weights;

import java.nio.file.Path;

/** Where the fine-tuning comes from. */
public sealed interface GraftSource {
    /** A base and the model tuned from it; each a folder or a single safetensors file. */
    record ThreeModels(Path base, Path tuned) implements GraftSource {}

    /** A difference that {@link DiffExtraction} stored; a folder or a single file. */
    record StoredDifference(Path path) implements GraftSource {}
}
