package io.graft.platform.postgres;

import java.sql.SQLException;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/** What an exception of the database means for the transaction that met it. */
enum Trouble {
    /** Another transaction was in the way. */
    CONTENTION,
    /** The database is away or going away. */
    CONNECTION,
    /** The statement is at fault; trying again does not help. */
    OURS;

    private static final Set<String> CONTENTION_STATES = Set.of("40001", "40P01", "55P03");
    private static final String READ_ONLY = "25006";
    private static final Set<String> CONNECTION_STATES = Set.of("57P01", "57P02", "57P03", "53300");

    /** @param reading whether the transaction was not to write; for others a database that only reads is on its way out */
    static Trouble of(Throwable thrown, boolean reading) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectionException) {
                return CONNECTION;
            }
            if (cause instanceof SQLException sql) {
                return of(sql.getSQLState(), reading);
            }
        }
        return OURS;
    }

    private static Trouble of(@Nullable String state, boolean reading) {
        if (state == null) {
            return OURS;
        }
        if (CONTENTION_STATES.contains(state)) {
            return CONTENTION;
        }
        boolean failingOver = state.equals(READ_ONLY) && !reading;
        return failingOver || state.startsWith("08") || CONNECTION_STATES.contains(state) ? CONNECTION : OURS;
    }
}
