package io.graft.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ContentDigest;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobPlan;
import io.graft.platform.job.JobRecord;
import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import io.graft.v1.Job;
import io.graft.v1.JobResult;
import io.graft.v1.JobState;
import io.graft.v1.Manifest;
import io.graft.v1.PresignedFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportDownloadsTest {
    private static final String JOB = "tenants/acme/jobs/measured";
    private static final String PREFIX = JOB + "/attempts/2/outputs/";

    private final MemoryArtifacts artifacts = new MemoryArtifacts();
    private final ReportDownloads reports = new ReportDownloads(artifacts);

    @Test
    void theFilesThatTheManifestNamesAreLetOut() {
        assertThat(reports.create(succeeded(), List.of()).getFilesList())
                .extracting(PresignedFile::getPath)
                .containsExactly("report.html", "report.json");
        PresignedFile page = reports.create(succeeded(), List.of("report.html")).getFiles(0);
        assertThat(page.getUrl()).contains(PREFIX + "report.html");
        assertThat(page.getSize()).isEqualTo("report.html".length());
    }

    @Test
    void aPathThatIsNoneOfThemIsNamed() {
        assertThatThrownBy(() -> reports.create(succeeded(), List.of("weights.bin")))
                .isInstanceOf(GraftException.class)
                .hasMessageContaining("'weights.bin' is not a file of " + JOB);
    }

    @Test
    void aJobThatGoesOnHasNone() {
        assertThatThrownBy(() -> reports.create(record(job(JobState.JOB_STATE_RUNNING)), List.of()))
                .isInstanceOf(GraftException.class)
                .hasMessageContaining("RUNNING");
    }

    @Test
    void aJobWithAVersionPointsToIt() {
        Job made = job(JobState.JOB_STATE_SUCCEEDED).toBuilder()
                .addOutputs("tenants/acme/models/m/versions/3")
                .build();
        assertThatThrownBy(() -> reports.create(record(made).committed(PREFIX + ArtifactCommit.MANIFEST), List.of()))
                .isInstanceOf(GraftException.class)
                .hasMessageContaining("download tenants/acme/models/m/versions/3");
    }

    @Test
    void ofAJobThatMadeDataOnlyWhatTellsAboutThemIsLetOut() {
        commit("train.jsonl", "pruning/manifest.json", "pruning/report.html");
        Job made = job(JobState.JOB_STATE_SUCCEEDED).toBuilder()
                .addOutputs("tenants/acme/datasets/less/versions/1")
                .setResult(JobResult.newBuilder().setReport("pruning/report.html"))
                .build();

        assertThat(reports.create(record(made).committed(PREFIX + ArtifactCommit.MANIFEST), List.of())
                        .getFilesList())
                .extracting(PresignedFile::getPath)
                .containsExactly("pruning/manifest.json", "pruning/report.html");
    }

    private JobRecord succeeded() {
        commit("report.html", "report.json");
        return record(job(JobState.JOB_STATE_SUCCEEDED)).committed(PREFIX + ArtifactCommit.MANIFEST);
    }

    private void commit(String... paths) {
        Manifest.Builder draft = Manifest.newBuilder();
        for (String path : paths) {
            byte[] content = path.getBytes(StandardCharsets.UTF_8);
            artifacts.put(PREFIX + path, content);
            draft.addFiles(ArtifactFile.newBuilder()
                    .setPath(path)
                    .setSize(content.length)
                    .setSha256(ContentDigest.sha256(content)));
        }
        new ArtifactCommit(artifacts, step -> {}).commitUploaded(PREFIX, draft.build());
    }

    private static Job job(JobState state) {
        return Job.newBuilder().setName(JOB).setState(state).build();
    }

    private static JobRecord record(Job job) {
        return JobRecord.submitted(job, new JobPlan(List.of(), "", ArtifactKind.ARTIFACT_KIND_UNSPECIFIED), "");
    }
}
