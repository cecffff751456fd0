package io.graft.platform.datasets.format;

import io.graft.platform.datasets.file.DataFile;
import io.graft.platform.datasets.file.ReadLimits;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowCursor;
import io.graft.platform.datasets.row.RowProblem;
import io.graft.platform.datasets.row.RowProblems;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One JSON object a line; blank lines are left out. */
final class JsonlCursor implements RowCursor {
    private final String path;
    private final RowProblems problems;
    private final LineReader lines;

    JsonlCursor(DataFile file, ReadLimits limits, RowProblems problems) throws IOException {
        this.path = file.path();
        this.problems = problems;
        this.lines = new LineReader(file, limits, problems);
    }

    @Override
    public @Nullable Row next() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                continue;
            }
            try {
                return new Row(path, lines.number(), JsonRow.parse(line));
            } catch (JsonRow.MalformedException malformed) {
                problems.report(RowProblem.ofRow(
                        path,
                        lines.number(),
                        String.valueOf(malformed.getMessage()),
                        "Write one JSON object on one line, such as {\"text\": \"...\"}"));
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
