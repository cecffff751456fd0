package io.graft.platform.datasets.row;

import java.util.List;
import java.util.stream.Collectors;

/** A data set whose rows cannot be used. Its message may be shown to the owner of the data. */
public final class DatasetException extends RuntimeException {
    private static final int SHOWN = 5;
    private static final long serialVersionUID = 1L;

    private final transient List<RowProblem> problems;
    private final boolean more;

    /** @param more true if reading stopped before the end, so that there may be more problems */
    public DatasetException(List<RowProblem> problems, boolean more) {
        super(message(problems, more));
        this.problems = List.copyOf(problems);
        this.more = more;
    }

    /** With one problem of a file as a whole. */
    public static DatasetException ofFile(String file, String what, String cure) {
        return new DatasetException(List.of(RowProblem.ofFile(file, what, cure)), false);
    }

    /** Every problem found, in the order of the rows. */
    public List<RowProblem> problems() {
        return problems;
    }

    /** Whether reading stopped at the limit, so that there may be more. */
    public boolean more() {
        return more;
    }

    private static String message(List<RowProblem> problems, boolean more) {
        String shown = problems.stream().limit(SHOWN).map(RowProblem::message).collect(Collectors.joining(" "));
        int rest = problems.size() - SHOWN;
        return rest <= 0 && !more ? shown : shown + " And " + Math.max(0, rest) + (more ? " or more" : "") + " others.";
    }
}
