package io.graft.pipelines.store;

import io.graft.pipelines.document.PipelineDocument.Policy;
import io.graft.pipelines.domain.NextLook;
import io.graft.pipelines.domain.RunStore.Change;
import io.graft.pipelines.domain.RunStore.NewRun;
import io.graft.pipelines.domain.RunStore.Started;
import io.graft.pipelines.domain.RunStore.StoredRun;
import io.graft.pipelines.domain.StepStates;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunState;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Starts runs: once a cause, and as the policy of concurrency says. */
final class RunStart {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 12;

    private final RunWrites writes;
    private final Change begin;
    private final Change cancel;

    RunStart(RunWrites writes, Change begin, Change cancel) {
        this.writes = writes;
        this.begin = begin;
        this.cancel = cancel;
    }

    Started start(Handle handle, NewRun wanted) {
        Optional<Started> earlier = earlier(handle, wanted);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        List<String> active = wanted.policy() == null ? List.of() : active(handle, wanted);
        Instant now = Rows.now(handle);
        PipelineRun draft = draft(wanted, active, now);
        StoredRun stored = new StoredRun(draft, wanted.document(), wanted.traceparent());
        boolean mayBegin = draft.getState() == PipelineRunState.PIPELINE_RUN_STATE_QUEUED && active.isEmpty();
        PipelineRun run = RunWrites.stamp(mayBegin ? begin.apply(stored, now) : draft, now);
        if (!insert(handle, wanted, run, now)) {
            return earlier(handle, wanted).orElseThrow();
        }
        writes.tell(handle, run, RunWrites.event(PipelineRun.getDefaultInstance(), run), wanted.traceparent());
        if (wanted.policy() == Policy.REPLACE) {
            active.forEach(name -> replace(handle, name, now));
        }
        return new Started(run, true);
    }

    private void replace(Handle handle, String name, Instant now) {
        RunRows.find(handle, name, true)
                .filter(found -> !StepStates.isTerminal(found.run().getState()))
                .ifPresent(found -> writes.write(handle, found, cancel.apply(found, now), now));
    }

    private static Optional<Started> earlier(Handle handle, NewRun wanted) {
        return handle.createQuery(
                        "select name, payload_hash from run where pipeline = :pipeline and cause_key = :cause")
                .bind("pipeline", wanted.pipeline())
                .bind("cause", wanted.causeKey())
                .map((row, context) -> {
                    if (!row.getString("payload_hash").equals(wanted.payloadHash())) {
                        throw new GraftException(
                                ErrorCode.REQUEST_ID_REUSED,
                                "request_id was used for another request; use a new one",
                                Map.of("request_id", wanted.requestId(), "run", row.getString("name")));
                    }
                    return row.getString("name");
                })
                .findOne()
                .flatMap(name -> RunRows.find(handle, name, false))
                .map(found -> new Started(found.run(), false));
    }

    /** The runs of the same key that are not over; those that start at the same time wait for each other here. */
    private static List<String> active(Handle handle, NewRun wanted) {
        handle.execute(
                "select pg_advisory_xact_lock(hashtext(?), hashtext(?))",
                "concurrency/" + wanted.pipeline(),
                wanted.concurrencyKey());
        return handle.createQuery("""
                        select name from run where pipeline = :pipeline and concurrency_key = :key
                            and state in ('QUEUED', 'RUNNING', 'WAITING') order by create_time, name""")
                .bind("pipeline", wanted.pipeline())
                .bind("key", wanted.concurrencyKey())
                .mapTo(String.class)
                .list();
    }

    private static PipelineRun draft(NewRun wanted, List<String> active, Instant now) {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        PipelineRun.Builder run = PipelineRun.newBuilder()
                .setName(wanted.pipeline() + "/runs/" + HexFormat.of().formatHex(id))
                .setRevision(wanted.revision())
                .setState(PipelineRunState.PIPELINE_RUN_STATE_QUEUED)
                .setInputs(wanted.inputs())
                .setCause(wanted.cause())
                .addAllSteps(wanted.steps())
                .setCreateTime(Rows.time(now))
                .setRequestId(wanted.requestId())
                .setTraceId(TraceContext.parse(wanted.traceparent())
                        .map(TraceContext::traceId)
                        .orElse(""))
                .setConcurrencyKey(wanted.concurrencyKey());
        if (!wanted.failure().isEmpty()) {
            return run.setState(PipelineRunState.PIPELINE_RUN_STATE_FAILED)
                    .setMessage(wanted.failure())
                    .setEndTime(Rows.time(now))
                    .build();
        }
        if (active.isEmpty()) {
            return run.build();
        }
        String other = active.getLast();
        if (wanted.policy() == Policy.SKIP) {
            return run.setState(PipelineRunState.PIPELINE_RUN_STATE_PASSED_OVER)
                    .setMessage("Never begun, as " + other + " is at work")
                    .setEndTime(Rows.time(now))
                    .build();
        }
        return run.setMessage("Waits for " + other).build();
    }

    private static boolean insert(Handle handle, NewRun wanted, PipelineRun run, Instant now) {
        String tenant = ResourceName.parse("name", run.getName()).tenant();
        return handle.createUpdate("""
                        insert into run (name, tenant, pipeline, revision, state, concurrency_key, cause_key,
                            payload_hash, traceparent, create_time, resource, due)
                        values (:name, :tenant, :pipeline, :revision, :state, :key, :cause, :hash, :traceparent, :time,
                            :resource, :due)
                        on conflict do nothing""")
                        .bind("name", run.getName())
                        .bind("tenant", tenant)
                        .bind("pipeline", wanted.pipeline())
                        .bind("revision", wanted.revision())
                        .bind("state", RunRows.text(run.getState()))
                        .bind("key", wanted.concurrencyKey())
                        .bind("cause", wanted.causeKey())
                        .bind("hash", wanted.payloadHash())
                        .bind("traceparent", wanted.traceparent())
                        .bind("time", now)
                        .bind("resource", run.toByteArray())
                        .bind("due", NextLook.of(run, now).orElse(null))
                        .execute()
                == 1;
    }
}
