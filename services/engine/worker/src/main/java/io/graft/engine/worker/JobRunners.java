package io.graft.engine.worker;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.util.List;
import java.util.ServiceLoader;

/** The runners on the class path. */
final class JobRunners {
    private final List<JobRunner> runners;

    JobRunners(List<JobRunner> runners) {
        this.runners = List.copyOf(runners);
    }

    static JobRunners load() {
        return new JobRunners(ServiceLoader.load(JobRunner.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** @throws GraftException {@code UNIMPLEMENTED} naming the kinds there are */
    JobRunner of(String kind) {
        return runners.stream()
                .filter(runner -> runner.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new GraftException(
                        ErrorCode.UNIMPLEMENTED,
                        "This worker can't run jobs of kind '" + kind + "', only "
                                + runners.stream().map(JobRunner::kind).sorted().toList()
                                + "; start workers of the service's release"));
    }
}
