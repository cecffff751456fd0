package io.graft.engine.data;

import io.graft.platform.datasets.row.DatasetException;

/** Rows or files of a model that cannot be used as asked. The message names each fault with its cure, for the owner of the data. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and the cure */
    public DataException(String message) {
        super(message);
    }

    /** With every problem of the rows that was found. */
    public DataException(DatasetException rows) {
        super(rows.getMessage(), rows);
    }

    /** @param message what is wrong and the cure */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
