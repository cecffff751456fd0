package io.graft.platform.postgres;

import com.google.protobuf.Any;
import io.graft.platform.job.JobPlan;
import io.graft.platform.job.JobRecord;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.GraftSpec;
import io.graft.v1.Job;
import io.graft.v1.JobState;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Jobs to try things on. */
public final class Jobs {
    private Jobs() {}

    /** A queued job of tenant {@code default} with a fresh name. */
    public static JobRecord queued() {
        return queued("default", "", Map.of());
    }

    public static JobRecord queued(String tenant, String requestId, Map<String, String> labels) {
        Job job = Job.newBuilder()
                .setName("tenants/" + tenant + "/jobs/graft-" + UUID.randomUUID())
                .setKind("graft")
                .setState(JobState.JOB_STATE_QUEUED)
                .setRequestId(requestId)
                .putAllLabels(labels)
                .setSpec(Any.pack(GraftSpec.newBuilder().setLambda(0.5).build()))
                .build();
        AssignmentInput input = AssignmentInput.newBuilder()
                .setRole("target")
                .setVersion("tenants/" + tenant + "/models/e5/versions/1")
                .setManifest("tenants/" + tenant + "/uploads/u1/manifest.json")
                .setDigest("sha256:00")
                .build();
        JobPlan plan =
                new JobPlan(List.of(input), "tenants/" + tenant + "/models/grafted", ArtifactKind.ARTIFACT_KIND_FULL);
        return JobRecord.submitted(job, plan, TraceContext.begin().traceparent());
    }
}
