package io.graft.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.graft.v1.CancelJobRequest;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobState;
import io.graft.v1.ListJobsRequest;
import io.graft.v1.ListJobsResponse;
import io.graft.v1.PauseJobRequest;
import io.graft.v1.ResumeJobRequest;
import io.graft.v1.WatchJobRequest;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API of jobs over a real gRPC connection. */
@QuarkusTest
@QuarkusTestResource(Installation.class)
class JobApiTest {
    private static final Duration BOUND = Duration.ofSeconds(15);

    private Client client;

    @BeforeEach
    void connect() {
        client = new Client();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void getsAndLists() {
        Job older = client.create(Map.of("suite", "list"));
        Job newer = client.create(Map.of("suite", "list"));

        assertThat(client.api().getJob(Client.get(older.getName()))).isEqualTo(older);
        ListJobsRequest.Builder request = ListJobsRequest.newBuilder()
                .setParent("tenants/default")
                .setFilter("labels.suite = list AND state = QUEUED")
                .setPageSize(1);
        ListJobsResponse first = client.api().listJobs(request.build());
        ListJobsResponse second = client.api()
                .listJobs(request.setPageToken(first.getNextPageToken()).build());
        assertThat(first.getJobsList()).containsExactly(newer);
        assertThat(second.getJobsList()).containsExactly(older);
        assertThat(second.getNextPageToken()).isEmpty();
        Failure.check(
                Status.Code.INVALID_ARGUMENT,
                "INVALID_FILTER",
                () -> client.api().listJobs(request.setFilter("owner = me").build()));
    }

    @Test
    void pausesAndResumes() {
        Job job = client.create(Map.of());
        PauseJobRequest.Builder pause = PauseJobRequest.newBuilder().setName(job.getName());
        ResumeJobRequest.Builder resume = ResumeJobRequest.newBuilder().setName(job.getName());

        Failure.check(
                Status.Code.ABORTED,
                "ETAG_MISMATCH",
                () -> client.api().pauseJob(pause.setEtag("old").build()));
        assertThat(client.api().pauseJob(pause.setEtag("").setValidateOnly(true).build()))
                .isEqualTo(job);
        Job paused = client.api().pauseJob(pause.setValidateOnly(false).build());
        assertThat(paused.getState()).isEqualTo(JobState.JOB_STATE_PAUSED);
        assertThat(client.api().pauseJob(pause.build())).isEqualTo(paused);

        Job resumed = client.api().resumeJob(resume.setEtag(paused.getEtag()).build());
        assertThat(resumed.getState()).isEqualTo(JobState.JOB_STATE_QUEUED);
    }

    @Test
    void cancelsAsAskedAndOnlyThen() {
        Job job = client.create(Map.of());
        CancelJobRequest.Builder request = CancelJobRequest.newBuilder().setName(job.getName());

        Failure.check(
                Status.Code.ABORTED,
                "ETAG_MISMATCH",
                () -> client.api().cancelJob(request.setEtag("old").build()));
        assertThat(client.api()
                        .cancelJob(request.setEtag(job.getEtag())
                                .setValidateOnly(true)
                                .build()))
                .isEqualTo(job);
        assertThat(client.api().getJob(Client.get(job.getName()))).isEqualTo(job);

        Job cancelled = client.api().cancelJob(request.setValidateOnly(false).build());
        assertThat(cancelled.getState()).isEqualTo(JobState.JOB_STATE_CANCELLED);
        assertThat(client.api().cancelJob(request.build())).isEqualTo(cancelled);
    }

    @Test
    void refusesToCancelWhatIsTooLate() {
        Job job = client.launched();
        client.jobs()
                .store()
                .change(
                        job.getName(),
                        (record, now) -> Client.machine()
                                .committed(
                                        record,
                                        1,
                                        7,
                                        io.graft.v1.AttemptCommitted.newBuilder()
                                                .setManifest(job.getName() + "/attempts/1/outputs/manifest.json")
                                                .build(),
                                        now));

        for (boolean validateOnly : List.of(true, false)) {
            Failure.check(
                    Status.Code.FAILED_PRECONDITION,
                    "TOO_LATE_TO_CANCEL",
                    () -> client.api()
                            .cancelJob(CancelJobRequest.newBuilder()
                                    .setName(job.getName())
                                    .setValidateOnly(validateOnly)
                                    .build()));
        }
    }

    @Test
    void watchesFromTheBeginningToTheEnd() {
        Job job = client.launched();
        Iterator<JobEvent> events = client.api().watchJob(Client.watch(job, 0));

        assertThat(events.next().getSequence()).isEqualTo(1);
        assertThat(events.next().getState()).isEqualTo(JobState.JOB_STATE_LAUNCHING);
        client.progress(job, 1);
        assertThat(events.next().getProgress().getStep()).isEqualTo(1);
        client.jobs().store().change(job.getName(), Client.machine()::cancelled);
        assertThat(events.next().getState()).isEqualTo(JobState.JOB_STATE_CANCELLED);
        assertThat(events.hasNext()).isFalse();

        Iterator<JobEvent> resumed = client.api().watchJob(Client.watch(job, 2));
        assertThat(resumed.next().getSequence()).isEqualTo(3);
        assertThat(resumed.next().getSequence()).isEqualTo(4);
        assertThat(resumed.hasNext()).isFalse();
        assertThat(client.api().watchJob(Client.watch(job, 4)).hasNext()).isFalse();
        Failure.check(
                Status.Code.INVALID_ARGUMENT,
                "INVALID_REQUEST",
                () -> client.api().watchJob(Client.watch(job, -1)).next());
        Failure.check(
                Status.Code.NOT_FOUND,
                "NOT_FOUND",
                () -> client.api()
                        .watchJob(WatchJobRequest.newBuilder()
                                .setName("tenants/default/jobs/none")
                                .build())
                        .next());
    }

    @Test
    void sendsASlowClientNoMoreThanItTakes() {
        Job job = client.launched();
        SlowClient slow = new SlowClient();
        JobServiceGrpc.newStub(client.authorized(client.tokens().good())).watchJob(Client.watch(job, 0), slow);
        int events = 2000;
        for (int i = 1; i <= events; i++) {
            client.progress(job, i);
        }
        client.jobs().store().change(job.getName(), Client.machine()::cancelled);
        assertThat(slow.taken).isEmpty();

        slow.request(5);
        await().atMost(BOUND).until(() -> slow.taken.size() == 5);
        slow.request(Integer.MAX_VALUE);

        await().atMost(Duration.ofSeconds(30)).until(() -> slow.completed);
        assertThat(slow.taken)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events + 3).boxed().toList());
    }

    /** Takes nothing before it is asked to. */
    private static final class SlowClient implements ClientResponseObserver<WatchJobRequest, JobEvent> {
        final List<Long> taken = new CopyOnWriteArrayList<>();
        volatile boolean completed;
        private @Nullable ClientCallStreamObserver<WatchJobRequest> call;

        void request(int count) {
            Objects.requireNonNull(call).request(count);
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchJobRequest> observer) {
            call = observer;
            observer.disableAutoRequestWithInitial(0);
        }

        @Override
        public void onNext(JobEvent event) {
            taken.add(event.getSequence());
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onCompleted() {
            completed = true;
        }
    }
}
