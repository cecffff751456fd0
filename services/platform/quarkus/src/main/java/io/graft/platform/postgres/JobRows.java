package io.graft.platform.postgres;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobPlan;
import io.graft.platform.job.JobRecord;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.Job;
import io.graft.v1.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table {@code job}. */
final class JobRows {
    static final String STATE_PREFIX = "JOB_STATE_";

    private JobRows() {}

    /** @return false when a job of that name, or of that tenant, kind and request id, is there */
    static boolean insert(Handle handle, JobRecord record, String payloadHash, Instant createTime) {
        Job job = record.job();
        var insert = handle.createUpdate("""
                        insert into job (name, tenant, kind, state, request_id, payload_hash, labels, create_time, resource,
                            inputs, output_model, output_kind, traceparent, fencing_token, report_sequence)
                        values (:name, :tenant, :kind, :state, nullif(:requestId, ''), :payloadHash,
                            jsonb_object(:labelKeys, :labelValues), :createTime, :resource, :inputs, :outputModel,
                            :outputKind, :traceparent, :token, :reportSequence)
                        on conflict do nothing""")
                .bind("tenant", tenant(job))
                .bind("kind", job.getKind())
                .bind("requestId", job.getRequestId())
                .bind("payloadHash", payloadHash)
                .bindArray(
                        "labelKeys",
                        String.class,
                        List.copyOf(job.getLabelsMap().keySet()))
                .bindArray(
                        "labelValues",
                        String.class,
                        List.copyOf(job.getLabelsMap().values()))
                .bind("createTime", createTime)
                .bind("inputs", Stored.join(record.plan().inputs()))
                .bind("outputModel", record.plan().outputModel())
                .bind("outputKind", record.plan().outputKind().name())
                .bind("traceparent", record.traceparent());
        return bindChanging(insert, record).execute() == 1;
    }

    /** The job that stood in the way of an insert. */
    static JobRecord existing(Handle handle, Job wanted, String payloadHash) {
        return find(handle, wanted.getName(), false)
                .or(() -> findRequest(handle, tenant(wanted), wanted.getKind(), wanted.getRequestId(), payloadHash))
                .orElseThrow(
                        () -> new IllegalStateException("Job " + wanted.getName() + " vanished while it was created"));
    }

    static Optional<JobRecord> findRequest(
            Handle handle, String tenant, String kind, String requestId, String payloadHash) {
        return handle.createQuery(
                        "select * from job where tenant = :tenant and kind = :kind and request_id = :requestId")
                .bind("tenant", tenant)
                .bind("kind", kind)
                .bind("requestId", requestId)
                .map((row, context) -> {
                    if (!row.getString("payload_hash").equals(payloadHash)) {
                        throw new GraftException(
                                ErrorCode.REQUEST_ID_REUSED,
                                "request_id was used for another request; use a new one",
                                Map.of("request_id", requestId, "job", row.getString("name")));
                    }
                    return read(row, context);
                })
                .findOne();
    }

    static Optional<JobRecord> find(Handle handle, String name, boolean forUpdate) {
        return handle.createQuery("select * from job where name = :name" + (forUpdate ? " for update" : ""))
                .bind("name", name)
                .map(JobRows::read)
                .findOne();
    }

    static void update(Handle handle, JobRecord record) {
        var update = handle.createUpdate("""
                        update job set state = :state, resource = :resource, fencing_token = :token,
                            report_sequence = :reportSequence, not_before = :notBefore, committed_manifest = :manifest
                        where name = :name""")
                .bind("notBefore", record.notBefore())
                .bind("manifest", record.committedManifest());
        bindChanging(update, record).execute();
    }

    static Map<JobState, Long> countByState(Handle handle) {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        handle.createQuery("select state, count(*) as jobs from job group by state")
                .map((row, context) -> Map.entry(state(row.getString("state")), row.getLong("jobs")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return Map.copyOf(counts);
    }

    static JobRecord read(ResultSet row, StatementContext context) throws SQLException {
        return new JobRecord(
                Stored.parse(Job.parser(), row.getBytes("resource")),
                new JobPlan(
                        Stored.split(AssignmentInput.parser(), row.getBytes("inputs")),
                        row.getString("output_model"),
                        ArtifactKind.valueOf(row.getString("output_kind"))),
                row.getString("traceparent"),
                row.getLong("fencing_token"),
                row.getLong("report_sequence"),
                instant(row.getTimestamp("not_before")),
                row.getString("committed_manifest"));
    }

    static String text(JobState state) {
        return state.name().substring(STATE_PREFIX.length());
    }

    private static JobState state(String text) {
        return JobState.valueOf(STATE_PREFIX + text);
    }

    private static <S extends SqlStatement<S>> S bindChanging(S statement, JobRecord record) {
        return statement
                .bind("name", record.job().getName())
                .bind("state", text(record.job().getState()))
                .bind("resource", record.job().toByteArray())
                .bind("token", record.fencingToken())
                .bind("reportSequence", record.reportSequence());
    }

    private static String tenant(Job job) {
        return ResourceName.parse("name", job.getName(), JobName.class).tenant();
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
