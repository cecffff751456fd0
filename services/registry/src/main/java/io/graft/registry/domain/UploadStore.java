package io.graft.registry.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.UploadName;
import java.time.Duration;
import java.util.List;

/** Keeps uploads. Thread-safe. */
public interface UploadStore {
    /**
     * Stores a new upload; it is COMMITTED at once when its line has an active version of that content.
     *
     * @return the upload, or the one that the same request created before
     * @throws GraftException {@code NOT_FOUND} for the line, {@code REQUEST_ID_REUSED}
     */
    UploadRecord create(UploadRecord draft, Mutation mutation);

    /** @throws GraftException {@code NOT_FOUND} */
    UploadRecord get(UploadName name);

    /**
     * Registers the version of an open upload and announces it, in one transaction. A committed upload is returned
     * unchanged; an active version of that content is used when there is one.
     *
     * @throws GraftException {@code UPLOAD_INCOMPLETE} when the upload has expired
     */
    UploadRecord commit(UploadName name, NewVersion version, String traceparent);

    /** Expires open uploads older than {@code life}. */
    int expire(Duration life);

    /** Uploads whose objects no version uses and that ended at least {@code grace} ago. */
    List<UploadName> collectable(Duration grace, int limit);

    /** Notes that an upload's objects are gone. */
    void collected(UploadName name);
}
