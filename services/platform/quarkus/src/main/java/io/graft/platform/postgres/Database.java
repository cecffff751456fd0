package io.graft.platform.postgres;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * One service's schema: transactions at READ COMMITTED that are tried again when the database asks for it or is away for a
 * moment. A transaction may therefore run more than once, also after a commit whose answer was lost: its work touches nothing
 * but the handle, and finds its own effect when it runs again. A call within another's work joins its transaction.
 * Thread-safe.
 */
public final class Database {
    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_DELAY = Duration.ofMillis(25);

    private final Jdbi jdbi;
    private final ThreadLocal<Handle> joined = new ThreadLocal<>();

    /** @param dataSource whose connections have the service's schema first in their search path */
    public Database(DataSource dataSource) {
        this.jdbi = Jdbi.create(dataSource);
    }

    /**
     * Runs work in a transaction that is rolled back when the work throws.
     *
     * @throws GraftException {@code DATABASE_UNAVAILABLE} once the attempts are used up, about a second later; whatever the
     *     work throws
     */
    public <R> R inTransaction(Function<Handle, R> work) {
        return retrying(work, false);
    }

    /** As {@link #inTransaction}, for work without result. */
    public void useTransaction(Consumer<Handle> work) {
        retrying(
                handle -> {
                    work.accept(handle);
                    return true;
                },
                false);
    }

    /** As {@link #inTransaction}, for work that only reads: one consistent snapshot, and writes are refused. */
    public <R> R read(Function<Handle, R> work) {
        return retrying(work, true);
    }

    /**
     * Asks for a sign of life.
     *
     * @return true
     * @throws GraftException {@code DATABASE_UNAVAILABLE}
     */
    public boolean answers() {
        return read(
                handle -> handle.createQuery("select true").mapTo(boolean.class).one());
    }

    private <R> R retrying(Function<Handle, R> work, boolean reading) {
        Handle outer = joined.get();
        if (outer != null) {
            return work.apply(outer);
        }
        Duration delay = FIRST_DELAY;
        for (int made = 1; ; made++) {
            try {
                return jdbi.inTransaction(handle -> run(handle, work, reading));
            } catch (JdbiException e) {
                if (Trouble.of(e, reading) == Trouble.OURS) {
                    throw e;
                }
                if (made == ATTEMPTS) {
                    throw new GraftException(
                            ErrorCode.DATABASE_UNAVAILABLE, "The database is not available; try again", e);
                }
                pause(delay);
                delay = delay.multipliedBy(2);
            }
        }
    }

    private <R> R run(Handle handle, Function<Handle, R> work, boolean reading) {
        joined.set(handle);
        try {
            if (reading) {
                handle.execute("set transaction isolation level repeatable read, read only");
            }
            return work.apply(handle);
        } finally {
            joined.remove();
        }
    }

    private static void pause(Duration delay) {
        long millis = delay.toMillis();
        try {
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GraftException(ErrorCode.DATABASE_UNAVAILABLE, "Stopped while waiting for the database", e);
        }
    }
}
