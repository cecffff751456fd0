package io.graft.platform.datasets.row;

import java.util.ArrayList;
import java.util.List;

/** Collects problems up to a limit, so that the owner of the data sees many at once. Not thread-safe. */
public final class RowProblems {
    private final int limit;
    private final List<RowProblem> problems = new ArrayList<>();

    private RowProblems(int limit) {
        this.limit = limit;
    }

    /** @param limit at which reading stops, at least 1 */
    public static RowProblems upTo(int limit) {
        return new RowProblems(Math.max(1, limit));
    }

    /** Stops at the first problem: for data that was checked before. */
    public static RowProblems none() {
        return new RowProblems(1);
    }

    /** @throws DatasetException with everything found so far, when the limit is reached */
    public void report(RowProblem problem) {
        problems.add(problem);
        if (problems.size() >= limit) {
            throw new DatasetException(problems, limit > 1);
        }
    }

    /** @throws DatasetException if any problem was reported */
    public void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new DatasetException(problems, false);
        }
    }

    /** How many so far. */
    public int count() {
        return problems.size();
    }
}
