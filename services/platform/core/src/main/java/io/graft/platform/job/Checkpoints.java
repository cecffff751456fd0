package io.graft.platform.job;

import io.graft.v1.AttemptCheckpointed;
import io.graft.v1.Checkpoint;
import io.graft.v1.Job;
import io.graft.v1.JobProgress;
import java.time.Instant;

/** What of an attempt's work outlives it. */
final class Checkpoints {
    /** The stage whose steps checkpoints count; others, such as {@code pull}, count files or bytes. */
    private static final String TRAIN = "train";

    private Checkpoints() {}

    static Checkpoint noted(AttemptCheckpointed report, int attempt, Instant now) {
        return Checkpoint.newBuilder()
                .setStep(report.getStep())
                .setManifest(report.getManifest())
                .setDigest(report.getDigest())
                .setAttempt(attempt)
                .setCreateTime(JobTimes.timestamp(now))
                .build();
    }

    /** The job without the attempt's progress; what no checkpoint holds of it is lost. */
    static Job.Builder interrupted(Job job) {
        return job.toBuilder().setLostSteps(job.getLostSteps() + lost(job)).clearProgress();
    }

    /** Steps done since the last checkpoint. */
    static long lost(Job job) {
        JobProgress progress = job.getProgress();
        return progress.getStage().equals(TRAIN)
                ? Math.max(0, progress.getStep() - job.getCheckpoint().getStep())
                : 0;
    }

    /** Where the next attempt goes on from, to be put behind a sentence. */
    static String origin(Job job) {
        return job.hasCheckpoint()
                ? " and goes on from step " + job.getCheckpoint().getStep()
                : "";
    }
}
