package io.graft.engine.weights;

import io.graft.engine.weights.diagnostics.TransferDiagnostics;
import io.graft.engine.weights.pipeline.WrittenFile;
import java.util.List;

/**
 * What a graft wrote.
 *
 * @param files weight files in order, then the index when there is more than one
 */
public record GraftResult(List<WrittenFile> files, TransferDiagnostics diagnostics) {
    public GraftResult {
        files = List.copyOf(files);
    }
}
