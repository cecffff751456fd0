package io.graft.engine.worker.evaluation;

import io.graft.engine.worker.training.DataRows;
import io.graft.platform.datasets.row.DatasetException;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowProblem;
import io.graft.platform.datasets.row.RowProblems;
import io.graft.platform.datasets.row.Value;
import io.graft.platform.datasets.schema.ColumnRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a number of each row that is measured on. */
final class RowNumbers {
    private static final int MOST_PROBLEMS = 20;

    private RowNumbers() {}

    /**
     * The numbers of a column, in the order of the rows.
     *
     * @throws DatasetException naming rows without a number
     */
    static double[] of(DataRows rows, String column) throws IOException {
        List<Double> numbers = new ArrayList<>();
        RowProblems problems = RowProblems.upTo(MOST_PROBLEMS);
        rows.measured((position, row) -> numbers.add(number(row, column, problems)));
        problems.throwIfAny();
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double number(Row row, String column, RowProblems problems) {
        int before = problems.count();
        new ColumnRule.Number(column).check(row, problems);
        if (problems.count() > before) {
            return 0;
        }
        double number = switch (row.value(column)) {
            case Value.Whole(long whole) -> whole;
            case Value.Decimal(double decimal) -> decimal;
            case Value.Text(String text) -> Double.parseDouble(text);
            case Value other -> throw new IllegalStateException(column + " is " + other.excerpt());
        };
        if (!Double.isFinite(number)) {
            problems.report(RowProblem.ofValue(row, column, "is too large a number", "Write a smaller one"));
        }
        return number;
    }
}
