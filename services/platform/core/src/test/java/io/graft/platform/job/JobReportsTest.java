package io.graft.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.v1.ArtifactKind;
import io.graft.v1.AttemptReported;
import io.graft.v1.AttemptStarted;
import io.graft.v1.FailureReason;
import io.graft.v1.Job;
import io.graft.v1.JobFailure;
import io.graft.v1.JobProgress;
import io.graft.v1.JobState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobReportsTest {
    private final JobReports reports = new JobReports(new JobMachine(RetryPolicy.DEFAULT));
    private final JobRecord launching = JobRecord.submitted(
                    Job.newBuilder()
                            .setName("tenants/default/jobs/j")
                            .setState(JobState.JOB_STATE_LAUNCHING)
                            .setAttempt(1)
                            .build(),
                    new JobPlan(List.of(), "", ArtifactKind.ARTIFACT_KIND_FULL),
                    "")
            .fencedBy(7);

    @Test
    void takesReportsInOrder() {
        JobRecord started = apply(launching, report(1).setStarted(AttemptStarted.getDefaultInstance()));
        JobRecord further = apply(started, progress(2, 10));

        assertThat(started.job().getState()).isEqualTo(JobState.JOB_STATE_RUNNING);
        assertThat(further.job().getProgress().getStep()).isEqualTo(10);
        assertThat(further.reportSequence()).isEqualTo(2);
    }

    @Test
    void passesOverProgressThatWasOvertaken() {
        JobRecord further = apply(launching, progress(3, 10));

        assertThat(reports.apply(further, progress(2, 5).build(), Instant.EPOCH))
                .isEmpty();
        assertThat(reports.apply(further, progress(3, 10).build(), Instant.EPOCH))
                .isEmpty();
    }

    @Test
    void takesTheLastWordsWhateverCameBefore() {
        JobRecord further = apply(launching, progress(3, 10));
        JobFailure failure = JobFailure.newBuilder()
                .setReason(FailureReason.FAILURE_REASON_DATA)
                .build();

        JobRecord failed = apply(further, report(2).setFailed(failure));

        assertThat(failed.job().getState()).isEqualTo(JobState.JOB_STATE_FAILED);
        assertThat(failed.reportSequence()).isEqualTo(3);
    }

    @Test
    void passesOverReportsOfALaterRelease() {
        assertThat(reports.apply(launching, report(1).build(), Instant.EPOCH)).isEmpty();
    }

    private JobRecord apply(JobRecord record, AttemptReported.Builder report) {
        return reports.apply(record, report.build(), Instant.EPOCH)
                .orElseThrow()
                .next();
    }

    private static AttemptReported.Builder progress(long sequence, long step) {
        return report(sequence).setProgress(JobProgress.newBuilder().setStep(step));
    }

    private static AttemptReported.Builder report(long sequence) {
        return AttemptReported.newBuilder()
                .setJob("tenants/default/jobs/j")
                .setAttempt(1)
                .setFencingToken(7)
                .setSequence(sequence);
    }
}
