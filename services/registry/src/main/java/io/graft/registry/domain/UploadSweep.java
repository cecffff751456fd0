package io.graft.registry.domain;

import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.StoredObject;
import io.graft.platform.resource.ResourceName.UploadName;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Collects what uploads leave behind that no version uses. Safe to run in several processes at once. */
public final class UploadSweep {
    private static final int BATCH = 100;

    private final UploadStore uploads;
    private final ArtifactStore artifacts;
    private final Duration life;
    private final Duration grace;

    /**
     * @param life how long an upload may stay open
     * @param grace how long the objects of an ended upload are left alone; longer than a presigned URL lives
     */
    public UploadSweep(UploadStore uploads, ArtifactStore artifacts, Duration life, Duration grace) {
        if (grace.compareTo(ArtifactStore.MAX_PRESIGNED_LIFE) < 0) {
            throw new IllegalArgumentException("A grace of " + grace + " is shorter than a presigned URL lives");
        }
        this.uploads = uploads;
        this.artifacts = artifacts;
        this.life = life;
        this.grace = grace;
    }

    /**
     * Expires old uploads and deletes the objects of those that ended long enough ago.
     *
     * @return whether there may be more to delete
     */
    public boolean run() {
        uploads.expire(life);
        List<UploadName> collectable = uploads.collectable(grace, BATCH);
        for (UploadName upload : collectable) {
            String prefix = ArtifactKeys.upload(upload);
            List<String> keys;
            try (Stream<StoredObject> stored = artifacts.list(prefix)) {
                keys = stored.map(StoredObject::key).toList();
            }
            artifacts.delete(keys);
            artifacts.abortUploads(prefix);
            uploads.collected(upload);
        }
        return collectable.size() == BATCH;
    }
}
