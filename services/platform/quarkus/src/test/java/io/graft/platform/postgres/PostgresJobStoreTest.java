package io.graft.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.job.JobMachine;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.JobStore.Step;
import io.graft.platform.job.JobTimes;
import io.graft.platform.job.RetryPolicy;
import io.graft.platform.job.Transition;
import io.graft.v1.AttemptReported;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import io.graft.v1.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PostgresJobStoreTest {

    private final Database database = new Database(Postgres.freshSchema());
    private final PostgresJobStore store = new PostgresJobStore(database, "/graft/test");
    private final JobMachine machine = new JobMachine(RetryPolicy.DEFAULT);

    @Test
    void createsAJobWithItsFirstEventAndItsAnnouncement() {
        JobRecord wanted = Jobs.queued();

        Job job = store.create(wanted, "hash");

        assertThat(job.getSequence()).isEqualTo(1);
        assertThat(job.getEtag()).isNotEmpty();
        assertThat(job.hasCreateTime()).isTrue();
        assertThat(job.getUpdateTime()).isEqualTo(job.getCreateTime());
        assertThat(store.find(job.getName())).contains(wanted.with(job));
        assertThat(store.history(job.getName(), 0, 10))
                .singleElement()
                .satisfies(event -> assertThat(event.getState()).isEqualTo(JobState.JOB_STATE_QUEUED));
        assertThat(outbox()).containsExactly("graft.v1.JobStateChanged 1");
    }

    @Test
    void answersARepeatedRequestWithTheFirstJob() {
        Job first = store.create(Jobs.queued("default", "r1", Map.of()), "hash");
        Job second = store.create(Jobs.queued("default", "r1", Map.of()), "hash");

        assertThat(second).isEqualTo(first);
        assertThat(store.findRequest("default", "graft", "r1", "hash")).contains(first);
        assertThat(store.findRequest("other", "graft", "r1", "hash")).isEmpty();
        assertThat(outbox()).hasSize(1);
    }

    @Test
    void refusesARequestIdThatCameWithAnotherPayload() {
        store.create(Jobs.queued("default", "r1", Map.of()), "hash");

        assertCode(ErrorCode.REQUEST_ID_REUSED, () -> store.create(Jobs.queued("default", "r1", Map.of()), "other"));
        assertCode(ErrorCode.REQUEST_ID_REUSED, () -> store.findRequest("default", "graft", "r1", "other"));
    }

    @Test
    void keepsRequestsOfTenantsAndRequestsWithoutIdApart() {
        Job first = store.create(Jobs.queued("default", "r1", Map.of()), "hash");
        Job ofAnotherTenant = store.create(Jobs.queued("other", "r1", Map.of()), "hash");
        Job withoutId = store.create(Jobs.queued(), "hash");
        Job withoutIdEither = store.create(Jobs.queued(), "hash");

        assertThat(List.of(first, ofAnotherTenant, withoutId, withoutIdEither))
                .extracting(Job::getName)
                .doesNotHaveDuplicates();
    }

    @Test
    void makesOneJobOfConcurrentRequestsWithOneId() throws Exception {
        List<Job> created = atOnce(IntStream.range(0, 8)
                .<Callable<Job>>mapToObj(i -> () -> store.create(Jobs.queued("default", "r1", Map.of()), "hash"))
                .toList());

        assertThat(created).hasSize(8).containsOnly(created.getFirst());
        assertThat(outbox()).hasSize(1);
    }

    @Test
    void changesAJobTogetherWithItsEventAndAnnouncements() {
        String name = store.create(Jobs.queued(), "hash").getName();

        JobRecord changed = store.change(name, launch(7));

        assertThat(changed.job().getState()).isEqualTo(JobState.JOB_STATE_LAUNCHING);
        assertThat(changed.job().getSequence()).isEqualTo(2);
        assertThat(changed.job().getEtag()).isNotEqualTo("1");
        assertThat(store.find(name)).contains(changed);
        assertThat(store.history(name, 1, 10)).singleElement().satisfies(event -> {
            assertThat(event.getSequence()).isEqualTo(2);
            assertThat(event.getAttempt()).isEqualTo(1);
        });
        assertThat(outbox()).containsExactly("graft.v1.JobStateChanged 1", "graft.v1.JobStateChanged 2");
    }

    @Test
    void changesNothingWhenTheStepThrowsOrWhenItsEventCannotBePublished() {
        String name = store.create(Jobs.queued(), "hash").getName();
        JobRecord before = store.find(name).orElseThrow();
        Message notAnEvent = Job.getDefaultInstance();

        assertThatThrownBy(() -> store.change(name, (record, now) -> {
                    throw new IllegalStateException("planted");
                }))
                .hasMessage("planted");
        assertThatThrownBy(() -> store.change(
                        name,
                        (record, now) -> launch(7)
                                .apply(record, now)
                                .map(step -> new Transition(step.next(), step.event(), List.of(notAnEvent)))))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(store.find(name)).contains(before);
        assertThat(store.history(name, 0, 10)).hasSize(1);
        assertThat(outbox()).hasSize(1);
    }

    @Test
    void namesTheJobThatIsNotThere() {
        assertCode(ErrorCode.NOT_FOUND, () -> store.change("tenants/default/jobs/none", launch(1)));
        assertThat(store.find("tenants/default/jobs/none")).isEmpty();
    }

    @Test
    void givesConcurrentChangesOneSequenceWithoutGaps() throws Exception {
        String name = launched(7);
        Step progress =
                (record, now) -> machine.progressed(record, 1, 7, io.graft.v1.JobProgress.getDefaultInstance(), now);

        atOnce(IntStream.range(0, 12)
                .<Callable<JobRecord>>mapToObj(i -> () -> store.change(name, progress))
                .toList());

        assertThat(store.history(name, 0, 100))
                .extracting(JobEvent::getSequence)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 14).boxed().toList());
    }

    @Test
    void pagesThroughTheHistory() {
        String name = launched(7);

        assertThat(store.history(name, 0, 1)).extracting(JobEvent::getSequence).containsExactly(1L);
        assertThat(store.history(name, 1, 5)).extracting(JobEvent::getSequence).containsExactly(2L);
        assertThat(store.history(name, 2, 5)).isEmpty();
    }

    @Test
    void takesAnEventOnce() {
        String name = launched(7);
        Event event = report(name);
        Step started = (record, now) -> machine.started(record, 1, 7, "host", now);

        store.take(event, name, started);
        store.take(event, name, (record, now) -> machine.cancelled(record, now));

        assertThat(store.find(name).orElseThrow().job().getState()).isEqualTo(JobState.JOB_STATE_RUNNING);
    }

    @Test
    void takesAnEventAgainAfterItsStepFailed() {
        String name = launched(7);
        Event event = report(name);

        assertThatThrownBy(() -> store.take(event, name, (record, now) -> {
                    throw new IllegalStateException("planted");
                }))
                .hasMessage("planted");
        store.take(event, name, (record, now) -> machine.started(record, 1, 7, "host", now));

        assertThat(store.find(name).orElseThrow().job().getState()).isEqualTo(JobState.JOB_STATE_RUNNING);
    }

    @Test
    void takesAnEventOfAnUnknownJobWithoutEffect() {
        Event event = report("tenants/default/jobs/none");

        store.take(event, "tenants/default/jobs/none", launch(1));

        boolean first = database.inTransaction(handle -> Inbox.take(handle, event.id()));
        assertThat(first).isFalse();
    }

    @Test
    void ignoresAnAttemptWithAnOlderToken() {
        String name = launched(7);

        JobRecord after = store.change(name, (record, now) -> machine.started(record, 1, 6, "zombie", now));

        assertThat(after.job().getState()).isEqualTo(JobState.JOB_STATE_LAUNCHING);
        assertThat(store.history(name, 0, 10)).hasSize(2);
    }

    @Test
    void endsACancelThatRacesWithACommitInOneState() throws Exception {
        for (int round = 0; round < 10; round++) {
            String name = launched(7);
            String manifest = name + "/attempts/1/outputs/manifest.json";
            Step commit = (record, now) -> machine.committed(
                    record,
                    1,
                    7,
                    io.graft.v1.AttemptCommitted.newBuilder()
                            .setManifest(manifest)
                            .build(),
                    now);
            Callable<Object> cancelling = () -> {
                try {
                    return store.change(name, machine::cancelled);
                } catch (GraftException e) {
                    return e.code();
                }
            };

            List<Object> results = atOnce(List.of(() -> store.change(name, commit), cancelling));

            JobState end = store.find(name).orElseThrow().job().getState();
            assertThat(end).isIn(JobState.JOB_STATE_FINALIZING, JobState.JOB_STATE_CANCELLED);
            boolean refused = results.get(1) == ErrorCode.TOO_LATE_TO_CANCEL;
            assertThat(refused).isEqualTo(end == JobState.JOB_STATE_FINALIZING);
            assertThat(store.history(name, 2, 10)).hasSize(1);
        }
    }

    @Test
    void givesTokensThatGrow() {
        assertThat(store.nextFencingToken()).isLessThan(store.nextFencingToken());
    }

    @Test
    void tellsTheTimeOfTheDatabase() {
        Instant created = JobTimes.instant(store.create(Jobs.queued(), "hash").getCreateTime());

        assertThat(store.now()).isAfterOrEqualTo(created);
    }

    @Test
    void countsJobsByState() {
        launched(7);
        store.create(Jobs.queued(), "hash");
        store.create(Jobs.queued(), "hash");

        assertThat(store.countByState())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(JobState.JOB_STATE_QUEUED, 2L, JobState.JOB_STATE_LAUNCHING, 1L));
    }

    @Test
    void tellsListenersOfWhatWasCommitted() {
        List<JobEvent> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
        store.onChange((job, event) -> heard.add(event));

        String name = launched(7);
        store.change(name, (record, now) -> Optional.empty());

        assertThat(heard).isEqualTo(store.history(name, 0, 10));
    }

    private String launched(long token) {
        String name = store.create(Jobs.queued(), "hash").getName();
        store.change(name, launch(token));
        return name;
    }

    private Step launch(long token) {
        return (record, now) -> machine.launch(record, token, now);
    }

    private static Event report(String name) {
        return new Event(
                java.util.UUID.randomUUID().toString(),
                "graft.v1.AttemptReported",
                "/graft/worker",
                name,
                1,
                Instant.EPOCH,
                "",
                AttemptReported.getDefaultInstance());
    }

    private List<String> outbox() {
        return database.read(
                handle -> handle.createQuery("select type || ' ' || sequence from outbox order by position")
                        .mapTo(String.class)
                        .list());
    }

    private static void assertCode(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(calls.size())) {
            List<Future<T>> futures = executor.invokeAll(calls);
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
