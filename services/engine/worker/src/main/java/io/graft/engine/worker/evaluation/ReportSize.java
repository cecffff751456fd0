package io.graft.engine.worker.evaluation;

import io.graft.v1.ArtifactFile;
import io.graft.v1.Manifest;

/** About how many bytes the reports of an evaluation take. */
final class ReportSize {
    private static final long PAGE = 1 << 18;
    private static final long EXAMPLE = 256;
    private static final long SHORTEST_ROW = 16;

    private ReportSize() {}

    /** Where data are yet to be pulled, each 16 bytes may be a row; the report shows so many at most. */
    static long of(Manifest data) {
        long rows =
                data.getFilesList().stream().mapToLong(ArtifactFile::getSize).sum() / SHORTEST_ROW;
        return PAGE + EXAMPLE * Math.min(rows, JsonReport.MOST_EXAMPLES);
    }
}
