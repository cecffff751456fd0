package io.graft.platform.jobs;

import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.DownloadUrls;
import io.graft.platform.artifact.ReportPage;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobRecord;
import io.graft.v1.CreateDownloadResponse;
import io.graft.v1.Job;
import io.graft.v1.JobState;
import java.util.List;
import java.util.Map;

/** Lets out what jobs report: all files of those that only measure, and of those that made data what tells about it. Thread-safe. */
final class ReportDownloads {
    private final ArtifactStore artifacts;
    private final DownloadUrls urls;

    ReportDownloads(ArtifactStore artifacts) {
        this.artifacts = artifacts;
        this.urls = new DownloadUrls(artifacts);
    }

    /**
     * URLs for files of a job's report.
     *
     * @param paths what is wanted; all when empty
     * @throws GraftException {@code NO_REPORT}, or {@code INVALID_REQUEST} naming every path that the report does not have
     */
    CreateDownloadResponse create(JobRecord record, List<String> paths) {
        Job job = record.job();
        String manifest = record.committedManifest();
        if (job.getState() != JobState.JOB_STATE_SUCCEEDED || manifest == null) {
            throw noReport(
                    job,
                    "Only a job that SUCCEEDED has a report, and this one is " + state(job) + "; wait, or see why");
        }
        String page = job.getResult().getReport();
        if (page.isEmpty() && job.getOutputsCount() > 0) {
            throw noReport(job, "What it reports lies in the version that it made: download " + job.getOutputs(0));
        }
        return urls.create(
                job.getName(),
                manifest,
                ReportPage.beside(page, ArtifactCommit.read(artifacts, manifest).getFilesList()),
                paths);
    }

    private static String state(Job job) {
        return job.getState().name().substring("JOB_STATE_".length());
    }

    private static GraftException noReport(Job job, String message) {
        return new GraftException(ErrorCode.NO_REPORT, message, Map.of("job", job.getName(), "state", state(job)));
    }
}
