package io.graft.platform.jobs;

import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.StoredObject;
import io.graft.platform.job.JobRecord;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.v1.Checkpoint;
import io.graft.v1.Job;
import io.graft.v1.JobState;
import io.graft.v1.Manifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Deletes what a job's attempts left in the artifact store: everything but logs and what the winning manifest names. */
final class Sweeper {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final int BATCH = 1000;

    private final ArtifactStore artifacts;
    private final Map<String, String> newest = new ConcurrentHashMap<>();

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
        delete(orphans);
        newest.remove(name.toString());
        LOG.debugf("%s is swept: %d objects deleted", name, orphans.size());
    }

    /** Deletes the checkpoints that the last one of a job replaces; once for each that is noted. */
    void sweepCheckpoints(Job job) {
        if (!job.hasCheckpoint()) {
            return;
        }
        Checkpoint last = job.getCheckpoint();
        if (last.getManifest().equals(newest.put(job.getName(), last.getManifest()))) {
            return;
        }
        JobName name = ResourceName.parse("job", job.getName(), JobName.class);
        List<String> replaced = new ArrayList<>();
        for (int attempt = 1; attempt <= last.getAttempt(); attempt++) {
            String prefix = ArtifactKeys.checkpoints(name, attempt);
            boolean earlierAttempt = attempt < last.getAttempt();
            try (Stream<StoredObject> objects = artifacts.list(prefix)) {
                objects.map(StoredObject::key)
                        .filter(key -> earlierAttempt || step(key.substring(prefix.length())) < last.getStep())
                        .forEach(replaced::add);
            }
        }
        delete(replaced);
    }

    private static long step(String path) {
        String step = path.substring(0, Math.max(0, path.indexOf('/')));
        return step.matches("[0-9]{1,18}") ? Long.parseLong(step) : Long.MAX_VALUE;
    }

    private void delete(List<String> keys) {
        for (int from = 0; from < keys.size(); from += BATCH) {
            artifacts.delete(keys.subList(from, Math.min(from + BATCH, keys.size())));
        }
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
