package io.graft.engine.data;

/**
 * How much is read.
 *
 * @param maxLength tokens of a row, special ones included, at least 2; of no meaning for pictures
 * @param truncate whether longer rows are cut, or else refused
 * @param maxRows rows to read from the beginning; all of them if 0
 */
public record Limits(int maxLength, boolean truncate, long maxRows) {
    private static final int LEAST = 2;

    public Limits {
        if (maxLength < LEAST) {
            throw new DataException(
                    "A row of at most " + maxLength + " tokens teaches nothing. Allow " + LEAST + " or more.");
        }
        if (maxRows < 0) {
            throw new DataException("At most " + maxRows + " rows cannot be read. Say 0 for all, or more.");
        }
    }
}
