package io.graft.pipelines.store;

import io.graft.pipelines.domain.JobKind;
import io.graft.pipelines.domain.Platform;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.Alias;
import io.graft.v1.ArtifactKind;
import io.graft.v1.DerivedVersion;
import io.graft.v1.Job;
import io.graft.v1.JobEstimate;
import io.graft.v1.JobResult;
import io.graft.v1.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Services that keep what they are asked for, once a request id, and fail as a test orders. */
public final class ScriptedPlatform implements Platform {
    /** Every submission that came, repeated ones too. */
    public final List<Submission> submissions = new CopyOnWriteArrayList<>();

    public final Map<String, Alias> aliases = new ConcurrentHashMap<>();
    public final List<DerivedVersion> derived = new CopyOnWriteArrayList<>();

    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final AtomicInteger moves = new AtomicInteger();
    private volatile @Nullable GraftException refusal;
    private volatile boolean dying;

    /** Refuses or fails every call until told otherwise. */
    public void failWith(@Nullable GraftException failure) {
        refusal = failure;
    }

    /** Does the next effect and then throws, as a process that is killed before it notes what it did. */
    public void dieAfterTheNextEffect() {
        dying = true;
    }

    /** The jobs that were made. */
    public List<Job> jobs() {
        return new ArrayList<>(jobs.values());
    }

    /** How often any alias moved. */
    public int moves() {
        return moves.get();
    }

    /** The job of a request id, changed. */
    public Job end(String requestId, JobState state, Map<String, Double> metrics) {
        return jobs.computeIfPresent(
                requestId,
                (id, job) -> job.toBuilder()
                        .setState(state)
                        .addOutputs("tenants/default/models/out/versions/1")
                        .setResult(JobResult.newBuilder().putAllMetrics(metrics))
                        .build());
    }

    @Override
    public Job submit(Submission submission) {
        fail();
        submissions.add(submission);
        if (submission.validateOnly()) {
            return Job.newBuilder()
                    .setEstimate(JobEstimate.newBuilder().setMemoryBytes(7).addArithmetic(submission.spec()))
                    .build();
        }
        Job job = jobs.computeIfAbsent(
                submission.requestId(),
                id -> Job.newBuilder()
                        .setName("tenants/" + submission.tenant() + "/jobs/job-" + (jobs.size() + 1))
                        .setKind(submission.kind().name())
                        .setRequestId(id)
                        .putAllLabels(submission.labels())
                        .setState(JobState.JOB_STATE_QUEUED)
                        .build());
        die();
        return job;
    }

    @Override
    public Job job(JobKind kind, String name) {
        fail();
        return jobs.values().stream()
                .filter(job -> job.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Optional<Job> find(JobKind kind, String tenant, Map<String, String> labels) {
        fail();
        return jobs.values().stream()
                .filter(job -> job.getLabelsMap().equals(labels))
                .findFirst();
    }

    @Override
    public Job cancel(JobKind kind, String name) {
        return end(job(kind, name).getRequestId(), JobState.JOB_STATE_CANCELLED, Map.of());
    }

    @Override
    public Optional<Alias> alias(String name) {
        fail();
        return Optional.ofNullable(aliases.get(name));
    }

    @Override
    public Alias move(String name, String version, String etag) {
        fail();
        Alias before = aliases.get(name);
        if (before != null && before.getVersion().equals(version)) {
            return before;
        }
        if (!etag.equals(before == null ? "" : before.getEtag())) {
            throw new GraftException(ErrorCode.ETAG_MISMATCH, "moved");
        }
        Alias after = Alias.newBuilder()
                .setName(name)
                .setVersion(version)
                .setEtag("etag-" + moves.incrementAndGet())
                .build();
        aliases.put(name, after);
        die();
        return after;
    }

    @Override
    public List<DerivedVersion> derived(String version) {
        fail();
        return derived;
    }

    static DerivedVersion item(String model) {
        return DerivedVersion.newBuilder()
                .setVersion("tenants/default/models/" + model + "/versions/1")
                .setModel("tenants/default/models/" + model)
                .setKind(ArtifactKind.ARTIFACT_KIND_DIFF)
                .build();
    }

    private void fail() {
        GraftException failure = refusal;
        if (failure != null) {
            throw failure;
        }
    }

    private void die() {
        if (dying) {
            dying = false;
            throw new IllegalStateException("killed");
        }
    }
}
