package io.graft.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseTest {
    private final DataSource dataSource = Postgres.freshSchema();
    private final Database database = new Database(dataSource);

    @Test
    void rollsBackWhatThrows() {
        assertThatThrownBy(() -> database.useTransaction(handle -> {
                    note(handle, "a");
                    throw new IllegalArgumentException("planted");
                }))
                .hasMessage("planted");

        assertThat(notes()).isEmpty();
    }

    @Test
    void refusesWritesOfReaders() {
        assertThatThrownBy(() -> database.read(handle -> note(handle, "a")))
                .hasMessageContaining("read-only transaction");
    }

    @Test
    void joinsTheTransactionAroundIt() {
        assertThatThrownBy(() -> database.useTransaction(handle -> {
                    database.useTransaction(inner -> note(inner, "a"));
                    assertThat(notes()).containsExactly("a");
                    throw new IllegalArgumentException("planted");
                }))
                .hasMessage("planted");

        assertThat(notes()).isEmpty();
    }

    @Test
    void triesTheWholeAgainWhenAnInnerCallMeetsTrouble() {
        AtomicInteger runs = new AtomicInteger();

        database.useTransaction(handle -> {
            note(handle, "run" + runs.incrementAndGet());
            database.useTransaction(inner -> {
                if (runs.get() == 1) {
                    inner.execute("do $$ begin raise exception sqlstate '40001'; end $$");
                }
            });
        });

        assertThat(notes()).containsExactly("run2");
    }

    @Test
    void triesAgainAfterADeadlock() throws Exception {
        database.useTransaction(handle -> {
            note(handle, "a");
            note(handle, "b");
        });
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        AtomicInteger runs = new AtomicInteger();

        PostgresJobStoreTest.atOnce(
                List.of(touching("a", "b", bothHoldOne, runs), touching("b", "a", bothHoldOne, runs)));

        assertThat(runs).hasValue(3);
    }

    @Test
    void triesAgainWhenItsConnectionIsCut() {
        AtomicInteger runs = new AtomicInteger();

        database.useTransaction(handle -> {
            note(handle, "run" + runs.incrementAndGet());
            if (runs.get() == 1) {
                handle.execute("select pg_terminate_backend(pg_backend_pid())");
            }
        });

        assertThat(notes()).containsExactly("run2");
    }

    @Test
    void doesNotTryAgainWhatCanNotWork() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> database.useTransaction(handle -> {
                    runs.incrementAndGet();
                    handle.execute("select * from nothing");
                }))
                .isInstanceOf(UnableToExecuteStatementException.class)
                .hasRootCauseInstanceOf(SQLException.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    void saysSoWhenTheDatabaseStaysAway() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setServerNames(new String[] {"127.0.0.1"});
        nowhere.setPortNumbers(new int[] {1});

        assertThatThrownBy(() -> new Database(nowhere).useTransaction(handle -> {}))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
    }

    private Callable<Boolean> touching(String first, String second, CyclicBarrier barrier, AtomicInteger runs) {
        return () -> {
            AtomicInteger own = new AtomicInteger();
            database.useTransaction(handle -> {
                runs.incrementAndGet();
                touch(handle, first);
                if (own.incrementAndGet() == 1) {
                    await(barrier);
                }
                touch(handle, second);
            });
            return true;
        };
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int touch(Handle handle, String id) {
        return handle.execute("update inbox set taken_at = now() where event_id = ?", id);
    }

    private static int note(Handle handle, String id) {
        return handle.execute("insert into inbox (event_id) values (?)", id);
    }

    private List<String> notes() {
        return database.read(handle -> handle.createQuery("select event_id from inbox order by 1")
                .mapTo(String.class)
                .list());
    }
}
