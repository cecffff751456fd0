package io.graft.pipelines.domain;

import com.google.protobuf.Struct;
import io.graft.pipelines.document.PipelineDocument.Policy;
import io.graft.platform.error.GraftException;
import io.graft.platform.query.FilterTerm;
import io.graft.platform.query.Page;
import io.graft.v1.PipelineCause;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunEvent;
import io.graft.v1.PipelineStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs, their history, and who drives them. A change and its event are one transaction. Thread-safe. */
public interface RunStore {
    /**
     * Starts a run, once a cause.
     *
     * @throws GraftException {@code REQUEST_ID_REUSED}
     */
    Started start(NewRun run);

    /** A run; empty when there is none. */
    Optional<StoredRun> find(String name);

    /**
     * Changes a run that no other transaction changes meanwhile.
     *
     * @throws GraftException {@code NOT_FOUND}, or what the change throws
     */
    PipelineRun change(String name, Change change);

    /** Runs of a tenant, or of one pipeline, newest first. */
    Page<PipelineRun> list(RunQuery query);

    /** Events after a sequence, in order. */
    List<PipelineRunEvent> history(String name, long afterSequence, int limit);

    /** Holds some runs that are due and held by nobody else, and returns their names. */
    List<String> lease(String owner, Duration life, int limit);

    /**
     * Lets go of a run. It is due again when the run itself says, or after a wait.
     *
     * @param wait null for what the run says
     */
    void release(String owner, String name, @Nullable Duration wait);

    /** Whether no earlier run of the same concurrency key is at work. */
    boolean isFirst(String name);

    /** The database's clock. */
    Instant now();

    /** What makes one run into the next; it must do nothing else. */
    @FunctionalInterface
    interface Change {
        PipelineRun apply(StoredRun run, Instant now);
    }

    /**
     * A run with what it goes by.
     *
     * @param document of its revision
     */
    record StoredRun(PipelineRun run, String document, String traceparent) {}

    /** @param fresh false when the cause had started it before */
    record Started(PipelineRun run, boolean fresh) {}

    /**
     * A run to start.
     *
     * @param steps none of them begun
     * @param causeKey what starts one run only
     * @param policy null when runs don't exclude each other
     * @param failure why it fails at once; empty when it doesn't
     */
    record NewRun(
            String pipeline,
            long revision,
            String document,
            List<PipelineStep> steps,
            Struct inputs,
            PipelineCause cause,
            String causeKey,
            String requestId,
            String payloadHash,
            String concurrencyKey,
            @Nullable Policy policy,
            String failure,
            String traceparent) {
        public NewRun {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Which page of runs.
     *
     * @param parent the tenant or the pipeline, by resource name
     */
    record RunQuery(String parent, List<FilterTerm> terms, int pageSize, String pageToken, String filter) {
        public RunQuery {
            terms = List.copyOf(terms);
        }
    }
}
