package io.graft.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.platform.job.JobMachine;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.RetryPolicy;
import io.graft.v1.FailureReason;
import io.graft.v1.JobFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final Database database = new Database(Postgres.freshSchema());
    private final PostgresJobStore store = new PostgresJobStore(database, "/graft/test");
    private final JobMachine machine = new JobMachine(RetryPolicy.DEFAULT);

    @Test
    void givesAJobToOneOwner() {
        String job = launched();

        assertThat(lease("a")).containsExactly(job);
        assertThat(lease("b")).isEmpty();
        assertThat(lease("a")).containsExactly(job);
    }

    @Test
    void sharesJobsAmongConcurrentOwnersWithoutOverlap() throws Exception {
        List<String> jobs = IntStream.range(0, 30).mapToObj(i -> launched()).toList();

        List<List<String>> taken = PostgresJobStoreTest.atOnce(Stream.of("a", "b", "c", "d")
                .<Callable<List<String>>>map(owner -> () -> lease(owner))
                .toList());

        List<String> all = new ArrayList<>();
        taken.forEach(all::addAll);
        assertThat(all).doesNotHaveDuplicates();
        all.addAll(lease("e"));
        assertThat(new HashSet<>(all)).isEqualTo(new HashSet<>(jobs));
    }

    @Test
    void losesAJobWhenTheTimeIsOverByTheDatabasesClock() {
        String job = launched();
        lease("a");
        expire(job);

        assertThat(lease("b")).containsExactly(job);
        assertThat(lease("a")).isEmpty();
    }

    @Test
    void renewsOnlyPastHalfOfTheLife() {
        String job = launched();
        lease("a");
        String first = until(job);
        lease("a");
        assertThat(until(job)).isEqualTo(first);

        database.useTransaction(
                handle -> handle.execute("update job set lease_until = clock_timestamp() + interval '20 seconds'"));
        String late = until(job);
        lease("a");
        assertThat(until(job)).isGreaterThan(late);
    }

    @Test
    void givesBackOnlyWhatIsItsOwn() {
        String job = launched();
        lease("a");
        store.release("b", job);
        assertThat(lease("b")).isEmpty();

        store.release("a", job);
        assertThat(lease("b")).containsExactly(job);
    }

    @Test
    void takesTheQueueFromItsHead() {
        String first = queued();
        String second = queued();
        String third = queued();

        assertThat(store.lease("a", LIFE, 10, 0)).isEmpty();
        assertThat(names(store.lease("a", LIFE, 10, 2))).containsExactly(first, second);
        assertThat(names(store.lease("b", LIFE, 10, 2))).containsExactly(third);
    }

    @Test
    void leavesAJobInTheQueueUntilItsTime() {
        String job = launched();
        JobFailure failure = JobFailure.newBuilder()
                .setReason(FailureReason.FAILURE_REASON_INFRASTRUCTURE)
                .build();
        store.change(job, (record, now) -> machine.attemptFailed(record, 1, 7, failure, now.plusSeconds(3600)));
        assertThat(lease("a")).isEmpty();

        database.useTransaction(handle -> handle.execute("update job set not_before = clock_timestamp()"));
        assertThat(lease("a")).containsExactly(job);
    }

    @Test
    void takesAFinalizingJobOnlyFromAHolderThatDied() {
        String released = finalizing();
        String orphaned = finalizing();
        database.useTransaction(
                handle -> handle.execute("update job set lease_owner = 'dead' where name = ?", orphaned));

        assertThat(lease("a")).containsExactly(orphaned);
        assertThat(store.find(released)).isPresent();
    }

    @Test
    void takesATerminalJobUntilItIsSwept() {
        String job = launched();
        store.change(job, machine::cancelled);

        assertThat(lease("a")).containsExactly(job);
        store.swept(job);
        assertThat(lease("a")).isEmpty();
        assertThat(lease("b")).isEmpty();
    }

    @Test
    void passesOverAJobThatIsBeingChanged() {
        String busy = launched();
        String idle = launched();

        store.change(busy, (record, now) -> {
            assertThat(CompletableFuture.supplyAsync(() -> lease("a")).join()).containsExactly(idle);
            return machine.cancelled(record, now);
        });

        assertThat(lease("a")).containsExactlyInAnyOrder(busy, idle);
    }

    private List<String> lease(String owner) {
        return names(store.lease(owner, LIFE, 100, 100));
    }

    private static List<String> names(List<JobRecord> records) {
        return records.stream().map(record -> record.job().getName()).toList();
    }

    private String queued() {
        return store.create(Jobs.queued(), "hash").getName();
    }

    private String launched() {
        String name = queued();
        store.change(name, (record, now) -> machine.launch(record, 7, now));
        return name;
    }

    private String finalizing() {
        String name = launched();
        store.change(
                name,
                (record, now) -> machine.committed(
                        record,
                        1,
                        7,
                        io.graft.v1.AttemptCommitted.newBuilder()
                                .setManifest(name + "/attempts/1/outputs/manifest.json")
                                .build(),
                        now));
        return name;
    }

    private void expire(String job) {
        database.useTransaction(handle -> handle.execute(
                "update job set lease_until = clock_timestamp() - interval '1 millisecond' where name = ?", job));
    }

    private String until(String job) {
        return database.read(handle -> handle.createQuery("select lease_until::text from job where name = :name")
                .bind("name", job)
                .mapTo(String.class)
                .one());
    }
}
