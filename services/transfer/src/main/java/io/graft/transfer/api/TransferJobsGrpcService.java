package io.graft.transfer.api;

import io.graft.platform.jobs.JobGrpcService;
import io.quarkus.grpc.GrpcService;

/** {@code graft.v1.JobService} over the transfer service's jobs. */
@GrpcService
public final class TransferJobsGrpcService extends JobGrpcService {
    TransferJobsGrpcService(Transfer transfer) {
        super(transfer.jobs());
    }
}
