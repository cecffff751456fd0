package io.graft.platform.datasets.schema;

import io.graft.platform.datasets.file.ReadLimits;
import io.graft.platform.datasets.file.Splits;
import io.graft.platform.datasets.format.DataFormat;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowProblem;
import io.graft.platform.datasets.row.RowProblems;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds a schema row by row, in memory bounded by the number of columns and labels. Not thread-safe. */
public final class SchemaInference {
    private static final int MOST_COLUMNS = 1_000;

    private final DataFormat format;
    private final ReadLimits limits;
    private final RowProblems problems;
    private final Map<String, ColumnTally> columns = new LinkedHashMap<>();
    private final Map<String, Long> rowsBySplit = new LinkedHashMap<>();
    private long rows;

    /** @param problems where columns are told that change their type from row to row */
    public SchemaInference(DataFormat format, ReadLimits limits, RowProblems problems) {
        this.format = format;
        this.limits = limits;
        this.problems = problems;
    }

    /** Takes the next row into account. */
    public void add(Row row) {
        rows++;
        rowsBySplit.merge(Splits.of(row.file()), 1L, Long::sum);
        row.values().forEach((name, value) -> {
            ColumnTally tally = columns.get(name);
            if (tally == null) {
                if (columns.size() == MOST_COLUMNS) {
                    problems.report(RowProblem.ofRow(
                            row.file(),
                            row.number(),
                            "brings more than " + MOST_COLUMNS + " columns",
                            "Put values that vary in name into one column of objects"));
                    return;
                }
                tally = new ColumnTally(name, format == DataFormat.CSV, limits.labels());
                columns.put(name, tally);
            }
            tally.add(row, value, problems);
        });
    }

    /** The schema of all rows so far. */
    public Schema schema() {
        return new Schema(
                format,
                columns.values().stream().map(tally -> tally.column(rows)).toList(),
                rows,
                rowsBySplit);
    }
}
