package io.graft.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.v1.Checkpoint;
import io.graft.v1.FailureReason;
import io.graft.v1.GraftSpec;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import io.graft.v1.JobFailure;
import io.graft.v1.JobProgress;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobState;
import io.graft.v1.ListJobsRequest;
import io.graft.v1.ListJobsResponse;
import io.graft.v1.PauseJobRequest;
import io.graft.v1.ResumeJobRequest;
import io.graft.v1.WatchJobRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
    private static final String NAME = "tenants/default/jobs/graft-1";

    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void watchShowsProgressAndEndsWithTheJobsFate() {
        services.onStream(JobServiceGrpc.getWatchJobMethod(), request -> history(request.getFromSequence()));
        services.on(JobServiceGrpc.getGetJobMethod(), request -> job(JobState.JOB_STATE_SUCCEEDED));

        CommandRun run = CommandRun.of(services, home, "jobs", "watch", "graft-1");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEqualTo("""
                QUEUED     waits for a worker
                RUNNING    attempt 1 runs
                graft 0 %  0/4
                graft 50 %  2/4
                graft 100 %  4/4
                SUCCEEDED  done
                """);
        assertThat(run.out()).contains("state    SUCCEEDED").contains("outputs  e5-grafted/1");
    }

    @Test
    void pausesAndResumesByShortName() {
        services.on(
                JobServiceGrpc.getPauseJobMethod(),
                request -> job(JobState.JOB_STATE_PAUSED).toBuilder()
                        .setCheckpoint(Checkpoint.newBuilder().setStep(40))
                        .build());
        services.on(JobServiceGrpc.getResumeJobMethod(), request -> job(JobState.JOB_STATE_QUEUED));

        CommandRun paused = CommandRun.of(services, home, "jobs", "pause", "graft-1", "--etag", "e");
        CommandRun resumed = CommandRun.of(services, home, "jobs", "resume", "graft-1");

        assertThat(paused.out()).containsPattern("state +PAUSED").containsPattern("checkpoint +step 40");
        assertThat(resumed.out()).containsPattern("state +QUEUED");
        assertThat(services.requests(PauseJobRequest.class))
                .containsExactly(
                        PauseJobRequest.newBuilder().setName(NAME).setEtag("e").build());
        assertThat(services.requests(ResumeJobRequest.class))
                .containsExactly(ResumeJobRequest.newBuilder().setName(NAME).build());
    }

    @Test
    void watchGoesOnAfterALostConnectionWithoutRepeatingAnEvent() {
        services.onStream(JobServiceGrpc.getWatchJobMethod(), request -> {
            List<@Nullable JobEvent> left = new ArrayList<>(history(request.getFromSequence()));
            if (request.getFromSequence() < 3) {
                return broken(left.subList(0, 2));
            }
            return left;
        });
        services.on(JobServiceGrpc.getGetJobMethod(), request -> job(JobState.JOB_STATE_SUCCEEDED));

        CommandRun run = CommandRun.of(services, home, "jobs", "watch", "graft-1");

        assertThat(run.exit()).isZero();
        assertThat(services.requests(WatchJobRequest.class))
                .extracting(WatchJobRequest::getFromSequence)
                .containsExactly(0L, 2L, 4L);
        assertThat(run.err()).containsOnlyOnce("QUEUED").containsOnlyOnce("graft 50 %");
    }

    @Test
    void aFailedJobIsExitOneWithItsReason() {
        services.onStream(JobServiceGrpc.getWatchJobMethod(), request -> List.of());
        services.on(
                JobServiceGrpc.getGetJobMethod(),
                request -> job(JobState.JOB_STATE_FAILED).toBuilder()
                        .setFailure(JobFailure.newBuilder()
                                .setReason(FailureReason.FAILURE_REASON_DATA)
                                .setCode("NON_FINITE_WEIGHTS")
                                .setMessage("Tensor a.weight holds NaN")
                                .putMetadata("tensor", "a.weight"))
                        .build());

        CommandRun text = CommandRun.of(services, home, "jobs", "watch", "graft-1");
        CommandRun json = CommandRun.of(services, home, "jobs", "watch", "graft-1", "-o", "json");

        assertThat(text.exit()).isEqualTo(1).isEqualTo(json.exit());
        assertThat(text.out())
                .contains("DATA NON_FINITE_WEIGHTS")
                .contains("Tensor a.weight holds NaN")
                .contains("tensor = a.weight");
        assertThat(json.json().getAsJsonObject("failure").get("code").getAsString())
                .isEqualTo("NON_FINITE_WEIGHTS");
    }

    @Test
    void watchingAnUnknownJobIsNotFoundAtOnce() {
        services.onStream(JobServiceGrpc.getWatchJobMethod(), request -> {
            throw Services.refusal(Code.NOT_FOUND, "NOT_FOUND", "No such job").asRuntime();
        });

        assertThat(CommandRun.of(services, home, "jobs", "watch", "graft-1").exit())
                .isEqualTo(4);
    }

    @Test
    void listFollowsThePagesOnlyWhenAsked() {
        services.on(
                JobServiceGrpc.getListJobsMethod(),
                request -> request.getPageToken().isEmpty()
                        ? ListJobsResponse.newBuilder()
                                .addJobs(job(JobState.JOB_STATE_RUNNING))
                                .setNextPageToken("second")
                                .build()
                        : ListJobsResponse.newBuilder()
                                .addJobs(job(JobState.JOB_STATE_FAILED))
                                .build());

        CommandRun page = CommandRun.of(services, home, "jobs", "list", "--filter", "kind = \"graft\"");
        CommandRun all = CommandRun.of(services, home, "jobs", "list", "--all", "--page-size", "1", "-o", "json");

        assertThat(page.out()).contains("RUNNING").doesNotContain("FAILED");
        assertThat(page.err()).contains("--page-token second");
        assertThat(all.json().getAsJsonArray("jobs")).hasSize(2);
        assertThat(all.err()).isEmpty();
        assertThat(services.requests(ListJobsRequest.class))
                .extracting(ListJobsRequest::getPageToken, ListJobsRequest::getPageSize, ListJobsRequest::getFilter)
                .containsExactly(tuple("", 0, "kind = \"graft\""), tuple("", 1, ""), tuple("second", 1, ""));
    }

    @Test
    void aJobsSpecIsPrintedAsJson() {
        services.on(
                JobServiceGrpc.getGetJobMethod(),
                request -> job(JobState.JOB_STATE_QUEUED).toBuilder()
                        .setSpec(Any.pack(GraftSpec.newBuilder().setLambda(0.5).build()))
                        .build());

        CommandRun run = CommandRun.of(services, home, "jobs", "get", NAME, "-o", "json");

        assertThat(run.json().getAsJsonObject("spec").get("lambda").getAsDouble())
                .isEqualTo(0.5);
    }

    private static List<@Nullable JobEvent> broken(List<@Nullable JobEvent> events) {
        List<@Nullable JobEvent> broken = new ArrayList<>(events);
        broken.add(null);
        return broken;
    }

    private static List<@Nullable JobEvent> history(long after) {
        List<JobEvent> all = List.of(
                event(1, JobState.JOB_STATE_QUEUED)
                        .setMessage("waits for a worker")
                        .build(),
                event(2, JobState.JOB_STATE_RUNNING)
                        .setMessage("attempt 1 runs")
                        .build(),
                event(3, JobState.JOB_STATE_RUNNING).setProgress(graft(0)).build(),
                event(4, JobState.JOB_STATE_RUNNING).setProgress(graft(2)).build(),
                event(5, JobState.JOB_STATE_RUNNING).setProgress(graft(4)).build(),
                event(6, JobState.JOB_STATE_SUCCEEDED).setMessage("done").build());
        return new ArrayList<>(all.stream().filter(e -> e.getSequence() > after).toList());
    }

    private static JobEvent.Builder event(long sequence, JobState state) {
        return JobEvent.newBuilder().setJob(NAME).setSequence(sequence).setState(state);
    }

    private static JobProgress graft(long step) {
        return JobProgress.newBuilder().setStage("graft").setStep(step).setOf(4).build();
    }

    private static Job job(JobState state) {
        Job.Builder job = Job.newBuilder().setName(NAME).setKind("graft").setState(state);
        if (state == JobState.JOB_STATE_SUCCEEDED) {
            job.addOutputs("tenants/default/models/e5-grafted/versions/1");
        }
        return job.build();
    }
}
