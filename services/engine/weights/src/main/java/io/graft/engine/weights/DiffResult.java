package io.graft.engine.weights;

import io.graft.engine.weights.diagnostics.TransferDiagnostics;
import io.graft.engine.weights.pipeline.WrittenFile;
import java.util.List;

/**
 * What an extraction wrote.
 *
 * @param files weight files in order, then the index when there is more than one
 * @param metadata as it stands in every file's header
 */
public record DiffResult(List<WrittenFile> files, DiffMetadata metadata, TransferDiagnostics diagnostics) {
    public DiffResult {
        files = List.copyOf(files);
    }
}
