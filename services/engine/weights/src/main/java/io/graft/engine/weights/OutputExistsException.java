package io.graft.engine.weights;

import java.nio.file.Path;

/** The output folder holds weights already; a transfer never overwrites or mixes with them. */
public final class OutputExistsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputExistsException(Path folder) {
        super(folder + " already holds safetensors files. Choose an empty folder");
    }
}
