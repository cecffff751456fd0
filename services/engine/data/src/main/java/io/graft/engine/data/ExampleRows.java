package io.graft.engine.data;

import io.graft.platform.datasets.Dataset;
import io.graft.platform.datasets.row.DatasetException;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowCursor;
import io.graft.platform.datasets.row.RowProblem;
import io.graft.platform.datasets.row.RowProblems;
import io.graft.platform.datasets.row.Value;
import io.graft.platform.datasets.schema.ColumnRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Goes over the rows of a split, checks them and collects what is wrong. Not thread-safe. */
public final class ExampleRows {
    private static final int MOST_PROBLEMS = 20;

    private final RowProblems problems = RowProblems.upTo(MOST_PROBLEMS);
    private final List<ColumnRule> rules;

    private ExampleRows(List<ColumnRule> rules) {
        this.rules = rules;
    }

    /** What is done with a row that keeps the rules. */
    @FunctionalInterface
    public interface Use {
        /** Takes a row; problems are told to {@code rows}. */
        void take(Row row, ExampleRows rows) throws IOException;
    }

    /**
     * Takes each row in order.
     *
     * @param split a split, folder or file; all if empty
     * @param maxRows all if 0
     * @throws DataException with the problems of the rows, or if there is no row
     */
    public static void forEach(Path folder, String split, List<ColumnRule> rules, long maxRows, Use use)
            throws IOException {
        try {
            new ExampleRows(rules).read(Dataset.ofFolder(folder).part(split), maxRows, use);
        } catch (DatasetException refused) {
            throw new DataException(refused);
        }
    }

    private void read(Dataset dataset, long maxRows, Use use) throws IOException {
        long count = 0;
        try (RowCursor cursor = dataset.rows(problems)) {
            for (Row row = cursor.next(); row != null; row = cursor.next()) {
                count++;
                if (keepsRules(row)) {
                    use.take(row, this);
                }
                if (count == maxRows) {
                    break;
                }
            }
        }
        problems.throwIfAny();
        if (count == 0) {
            throw new DataException(dataset.files().getFirst().path() + " has no row. Name a split with rows.");
        }
    }

    private boolean keepsRules(Row row) {
        int before = problems.count();
        rules.forEach(rule -> rule.check(row, problems));
        return problems.count() == before;
    }

    /** Tells a problem of a value. */
    public void report(Row row, String column, String what, String cure) {
        problems.report(RowProblem.ofValue(row, column, what, cure));
    }

    /** Tells a problem of a row as a whole. */
    public void report(Row row, String what, String cure) {
        problems.report(RowProblem.ofRow(row.file(), row.number(), what, cure));
    }

    /** The text of a column that a rule found to be one. */
    static String text(Row row, String column) {
        return switch (row.value(column)) {
            case Value.Text(String text) -> text;
            case Value other -> throw new IllegalStateException(column + " is " + other.excerpt());
        };
    }
}
