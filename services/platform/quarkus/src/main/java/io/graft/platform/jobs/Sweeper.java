package io.graft.platform.jobs;

import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.StoredObject;
import io.graft.platform.job.JobRecord;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.v1.JobState;
import io.graft.v1.Manifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Deletes what a job's attempts left in the artifact store: everything but logs and what the winning manifest names. */
final class Sweeper {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final int BATCH = 1000;

    private final ArtifactStore artifacts;

    Sweeper(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /** @param record a job that has ended and has no worker any more */
    void sweep(JobRecord record) {
        JobName name = ResourceName.parse("job", record.job().getName(), JobName.class);
        Set<String> kept = kept(record, name);
        String prefix = ArtifactKeys.job(name);
        artifacts.abortUploads(prefix);
        List<String> orphans = new ArrayList<>();
        try (Stream<StoredObject> objects = artifacts.list(prefix)) {
            objects.map(StoredObject::key).filter(key -> !kept.contains(key)).forEach(orphans::add);
        }
        for (int from = 0; from < orphans.size(); from += BATCH) {
            artifacts.delete(orphans.subList(from, Math.min(from + BATCH, orphans.size())));
        }
        LOG.debugf("%s is swept: %d objects deleted", name, orphans.size());
    }

    private Set<String> kept(JobRecord record, JobName name) {
        Set<String> kept = new HashSet<>();
        for (int attempt = 1; attempt <= record.job().getAttempt(); attempt++) {
            kept.add(ArtifactKeys.log(name, attempt));
        }
        String manifestKey = record.committedManifest();
        if (record.job().getState() == JobState.JOB_STATE_SUCCEEDED && manifestKey != null) {
            String prefix = manifestKey.substring(0, manifestKey.length() - ArtifactCommit.MANIFEST.length());
            Manifest manifest = ArtifactCommit.read(artifacts, manifestKey);
            kept.add(manifestKey);
            manifest.getFilesList().forEach(file -> kept.add(prefix + file.getPath()));
        }
        return kept;
    }
}
