package io.graft.platform.jobs;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.error.Violations;
import io.graft.platform.grpc.Caller;
import io.graft.platform.job.JobMachine;
import io.graft.platform.job.JobQuery;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.JobStore;
import io.graft.platform.job.Transition;
import io.graft.platform.query.Filter;
import io.graft.platform.query.Page;
import io.graft.platform.query.PageToken;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.v1.CancelJobRequest;
import io.graft.v1.GetJobRequest;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobState;
import io.graft.v1.ListJobsRequest;
import io.graft.v1.ListJobsResponse;
import io.graft.v1.WatchJobRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.smallrye.common.annotation.Blocking;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The API of jobs, for a service to extend with {@code @GrpcService}. Methods block and run on worker threads; a watch holds
 * none of them.
 */
@Blocking
public abstract class JobGrpcService extends JobServiceGrpc.JobServiceImplBase {
    private static final Set<String> FILTER_FIELDS = Set.of("state", "kind", "create_time", "labels");

    private final JobStore store;
    private final JobMachine machine;
    private final JobWatches watches;

    protected JobGrpcService(JobRuntime runtime) {
        this.store = runtime.store();
        this.machine = runtime.machine();
        this.watches = runtime.watches();
    }

    @Override
    public void getJob(GetJobRequest request, StreamObserver<Job> observer) {
        JobName name = authorized(request.getName());
        answer(observer, find(name).job());
    }

    @Override
    public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> observer) {
        TenantName parent = ResourceName.parse("parent", request.getParent(), TenantName.class);
        Caller.current().authorize(parent);
        Page<Job> page = store.list(new JobQuery(
                parent.tenant(),
                Filter.parse(request.getFilter(), FILTER_FIELDS),
                PageToken.size(request.getPageSize()),
                request.getPageToken()));
        answer(
                observer,
                ListJobsResponse.newBuilder()
                        .addAllJobs(page.items())
                        .setNextPageToken(page.nextPageToken())
                        .build());
    }

    @Override
    public void cancelJob(CancelJobRequest request, StreamObserver<Job> observer) {
        JobName name = authorized(request.getName());
        JobStore.Step cancel = (record, now) -> cancel(record, request.getEtag(), now);
        if (request.getValidateOnly()) {
            JobRecord record = find(name);
            cancel.apply(record, store.now());
            answer(observer, record.job());
        } else {
            answer(observer, store.change(name.toString(), cancel).job());
        }
    }

    @Override
    public void watchJob(WatchJobRequest request, StreamObserver<JobEvent> observer) {
        JobName name = authorized(request.getName());
        Violations violations = new Violations();
        violations.require(request.getFromSequence() >= 0, "from_sequence", "must not be negative");
        violations.throwIfAny();
        find(name);
        watches.open(name.toString(), request.getFromSequence(), (ServerCallStreamObserver<JobEvent>) observer);
    }

    private Optional<Transition> cancel(JobRecord record, String etag, Instant now) {
        Job job = record.job();
        boolean changed = !etag.isEmpty() && !etag.equals(job.getEtag());
        if (changed && job.getState() != JobState.JOB_STATE_CANCELLED) {
            throw new GraftException(
                    ErrorCode.ETAG_MISMATCH,
                    "The job has changed since; read it again and decide anew",
                    Map.of("job", job.getName(), "etag", job.getEtag()));
        }
        return machine.cancelled(record, now);
    }

    private JobRecord find(JobName name) {
        return store.find(name.toString())
                .orElseThrow(() -> new GraftException(
                        ErrorCode.NOT_FOUND,
                        "There is no job " + name + "; list the jobs of its tenant",
                        Map.of("job", name.toString())));
    }

    private static JobName authorized(String name) {
        JobName parsed = ResourceName.parse("name", name, JobName.class);
        Caller.current().authorize(parsed);
        return parsed;
    }

    private static <T> void answer(StreamObserver<T> observer, T answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }
}
