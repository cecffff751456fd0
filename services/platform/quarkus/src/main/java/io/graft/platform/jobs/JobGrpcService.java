package io.graft.platform.jobs;

import static io.graft.platform.grpc.Calls.answer;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.error.Violations;
import io.graft.platform.grpc.Calls;
import io.graft.platform.job.JobQuery;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.JobStore;
import io.graft.platform.query.Filter;
import io.graft.platform.query.Page;
import io.graft.platform.query.PageToken;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.v1.CancelJobRequest;
import io.graft.v1.CreateDownloadResponse;
import io.graft.v1.CreateReportDownloadRequest;
import io.graft.v1.GetJobRequest;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobState;
import io.graft.v1.ListJobsRequest;
import io.graft.v1.ListJobsResponse;
import io.graft.v1.PauseJobRequest;
import io.graft.v1.ResumeJobRequest;
import io.graft.v1.WatchJobRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.Map;
import java.util.Set;

/**
 * {@code graft.v1.JobService} over the jobs of all services of this process. Methods block and run on worker threads; a watch
 * holds none of them.
 */
@GrpcService
@Blocking
public final class JobGrpcService extends JobServiceGrpc.JobServiceImplBase {
    private static final Set<String> FILTER_FIELDS = Set.of("state", "kind", "create_time", "labels");

    private final JobOwners owners;
    private final ReportDownloads reports;

    JobGrpcService(JobOwners owners, ArtifactStore artifacts) {
        this.owners = owners;
        this.reports = new ReportDownloads(artifacts);
    }

    @Override
    public void getJob(GetJobRequest request, StreamObserver<Job> observer) {
        JobName name = authorized(request.getName());
        answer(observer, find(owner(name), name).job());
    }

    @Override
    public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> observer) {
        TenantName parent = Calls.tenant(request.getParent());
        Page<Job> page = owners.list(new JobQuery(
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
        JobRuntime owner = owner(name);
        JobStore.Step cancel =
                unlessChanged(request.getEtag(), JobState.JOB_STATE_CANCELLED, owner.machine()::cancelled);
        answer(observer, change(owner, name, cancel, request.getValidateOnly()));
    }

    @Override
    public void pauseJob(PauseJobRequest request, StreamObserver<Job> observer) {
        JobName name = authorized(request.getName());
        JobRuntime owner = owner(name);
        JobStore.Step pause = unlessChanged(
                request.getEtag(),
                JobState.JOB_STATE_PAUSED,
                (record, now) -> owner.machine().pause(record));
        answer(observer, change(owner, name, pause, request.getValidateOnly()));
    }

    @Override
    public void resumeJob(ResumeJobRequest request, StreamObserver<Job> observer) {
        JobName name = authorized(request.getName());
        JobRuntime owner = owner(name);
        JobStore.Step resume = unlessChanged(
                request.getEtag(),
                JobState.JOB_STATE_QUEUED,
                (record, now) -> owner.machine().resume(record));
        answer(observer, change(owner, name, resume, request.getValidateOnly()));
    }

    @Override
    public void createReportDownload(
            CreateReportDownloadRequest request, StreamObserver<CreateDownloadResponse> observer) {
        JobName name = authorized(request.getName());
        answer(observer, reports.create(find(owner(name), name), request.getPathsList()));
    }

    @Override
    public void watchJob(WatchJobRequest request, StreamObserver<JobEvent> observer) {
        JobName name = authorized(request.getName());
        Violations violations = new Violations();
        violations.require(request.getFromSequence() >= 0, "from_sequence", "must not be negative");
        violations.throwIfAny();
        owner(name).watches().open(name.toString(), request.getFromSequence(), (ServerCallStreamObserver<JobEvent>)
                observer);
    }

    private static Job change(JobRuntime owner, JobName name, JobStore.Step step, boolean validateOnly) {
        if (!validateOnly) {
            return owner.store().change(name.toString(), step).job();
        }
        JobRecord record = find(owner, name);
        step.apply(record, owner.store().now());
        return record.job();
    }

    /** The step, refused when the job has changed since the caller read it, unless it is where the caller wants it anyway. */
    private static JobStore.Step unlessChanged(String etag, JobState wanted, JobStore.Step step) {
        return (record, now) -> {
            Job job = record.job();
            if (!etag.isEmpty() && !etag.equals(job.getEtag()) && job.getState() != wanted) {
                throw new GraftException(
                        ErrorCode.ETAG_MISMATCH,
                        "The job has changed since; read it again and decide anew",
                        Map.of("job", job.getName(), "etag", job.getEtag()));
            }
            return step.apply(record, now);
        };
    }

    private JobRuntime owner(JobName name) {
        return owners.of(name.toString()).orElseThrow(() -> notFound(name));
    }

    private static JobRecord find(JobRuntime owner, JobName name) {
        return owner.store().find(name.toString()).orElseThrow(() -> notFound(name));
    }

    private static GraftException notFound(JobName name) {
        return new GraftException(
                ErrorCode.NOT_FOUND,
                "There is no job " + name + "; list the jobs of its tenant",
                Map.of("job", name.toString()));
    }

    private static JobName authorized(String name) {
        return Calls.authorized("name", name, JobName.class);
    }
}
