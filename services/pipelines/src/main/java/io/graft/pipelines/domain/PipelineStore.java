package io.graft.pipelines.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.query.Page;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.PipelineName;
import io.graft.v1.Pipeline;
import java.time.Instant;
import java.util.List;

/** Pipelines and their revisions. Thread-safe. */
public interface PipelineStore {
    /**
     * Creates a pipeline, once a request id.
     *
     * @throws GraftException {@code ALREADY_EXISTS}, {@code REQUEST_ID_REUSED}
     */
    Pipeline create(Pipeline draft, Content content, Mutation mutation);

    /**
     * Changes a pipeline; an equal document makes no new revision.
     *
     * @throws GraftException {@code NOT_FOUND}, {@code ETAG_MISMATCH}
     */
    Pipeline update(Pipeline wanted, Content content, Mutation mutation);

    /** @throws GraftException {@code NOT_FOUND}, {@code ETAG_MISMATCH} */
    void delete(PipelineName name, String etag, boolean validateOnly);

    /**
     * A pipeline.
     *
     * @param revision 0 for the newest
     * @throws GraftException {@code NOT_FOUND}
     */
    Pipeline get(PipelineName name, long revision);

    /** Pipelines of a tenant by name. */
    Page<Pipeline> list(String tenant, int pageSize, String pageToken);

    /** What of a document the store looks for. */
    record Content(String description, List<String> eventTypes, List<NextTime> schedules) {
        public Content {
            eventTypes = List.copyOf(eventTypes);
            schedules = List.copyOf(schedules);
        }
    }

    /**
     * When a schedule is due next.
     *
     * @param trigger its position among the triggers
     */
    record NextTime(int trigger, Instant time) {}
}
