package io.graft.pipelines.store;

import io.graft.pipelines.domain.RunStore.StoredRun;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunState;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table {@code run}. */
final class RunRows {
    static final String STATE_PREFIX = "PIPELINE_RUN_STATE_";

    private RunRows() {}

    static Optional<StoredRun> find(Handle handle, String name, boolean forUpdate) {
        return handle.createQuery("""
                        select run.resource, run.traceparent, r.document from run
                        join pipeline_revision r on r.pipeline = run.pipeline and r.revision = run.revision
                        where run.name = :name""" + (forUpdate ? " for update of run" : ""))
                .bind("name", name)
                .map((row, context) -> new StoredRun(
                        Rows.message(PipelineRun.parser(), row.getBytes("resource")),
                        row.getString("document"),
                        row.getString("traceparent")))
                .findOne();
    }

    static void update(Handle handle, PipelineRun run, @Nullable Instant due) {
        handle.createUpdate("update run set state = :state, resource = :resource, due = :due where name = :name")
                .bind("state", text(run.getState()))
                .bind("resource", run.toByteArray())
                .bind("due", due)
                .bind("name", run.getName())
                .execute();
    }

    static String text(PipelineRunState state) {
        return state.name().substring(STATE_PREFIX.length());
    }
}
