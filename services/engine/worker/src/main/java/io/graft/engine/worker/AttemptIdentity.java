package io.graft.engine.worker;

import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.error.Violations;
import io.graft.platform.launch.WorkerEnvironment;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.Assignment;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which attempt this process is, as its launcher told it.
 *
 * @param fencingToken proves that reports come from this attempt
 * @param workDirectory may be filled; the launcher removes it
 * @param trace the trace that the job belongs to
 */
record AttemptIdentity(JobName job, int attempt, long fencingToken, Path workDirectory, TraceContext trace) {

    /** @throws GraftException {@code INVALID_REQUEST} naming every variable that is absent or malformed */
    static AttemptIdentity fromEnvironment(Map<String, String> environment) {
        Violations violations = new Violations();
        String job = read(environment, WorkerEnvironment.JOB, violations);
        long attempt = number(environment, WorkerEnvironment.ATTEMPT, violations);
        long token = number(environment, WorkerEnvironment.FENCING_TOKEN, violations);
        String directory = read(environment, WorkerEnvironment.WORK_DIRECTORY, violations);
        violations.throwIfAny();
        return new AttemptIdentity(
                ResourceName.parse(WorkerEnvironment.JOB, job, JobName.class),
                Math.toIntExact(attempt),
                token,
                Path.of(directory),
                TraceContext.parse(environment.getOrDefault(WorkerEnvironment.TRACEPARENT, ""))
                        .orElseGet(TraceContext::begin));
    }

    String assignmentKey() {
        return ArtifactKeys.assignment(job, attempt);
    }

    /**
     * Checks that an assignment is this attempt's.
     *
     * @throws GraftException {@code ETAG_MISMATCH} when a newer attempt has taken over, or the launcher mixed them up
     */
    void require(Assignment assignment) {
        if (assignment.getFencingToken() != fencingToken
                || assignment.getAttempt() != attempt
                || !assignment.getJob().equals(job.toString())
                || !assignment.getOutputPrefix().equals(ArtifactKeys.outputs(job, attempt))) {
            throw new GraftException(
                    ErrorCode.ETAG_MISMATCH,
                    "The assignment is for another attempt: " + assignment.getJob() + " attempt "
                            + assignment.getAttempt() + " with token " + assignment.getFencingToken()
                            + ", and this worker has token " + fencingToken);
        }
    }

    private static String read(Map<String, String> environment, String name, Violations violations) {
        String value = environment.getOrDefault(name, "");
        violations.require(!value.isBlank(), name, "set this environment variable");
        return value;
    }

    private static long number(Map<String, String> environment, String name, Violations violations) {
        String value = environment.getOrDefault(name, "");
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            violations.add(name, "must be a whole number, not '" + value + "'");
            return 0;
        }
    }
}
