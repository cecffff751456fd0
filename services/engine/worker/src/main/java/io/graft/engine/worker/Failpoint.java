package io.graft.engine.worker;

import io.graft.platform.artifact.CommitStep;
import io.graft.platform.launch.ExitCode;
import io.graft.platform.launch.WorkerEnvironment;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills the process right after a commit step, where a test of faults asks for it: {@code AFTER_OBJECT}, or {@code
 * AFTER_OBJECT@1} for the first attempt only.
 */
record Failpoint(String wanted, int attempt) {
    private static final Logger LOG = LoggerFactory.getLogger(Failpoint.class);

    static Failpoint fromEnvironment(Map<String, String> environment, int attempt) {
        return new Failpoint(environment.getOrDefault(WorkerEnvironment.FAILPOINT, ""), attempt);
    }

    void pass(CommitStep step) {
        if (hits(step)) {
            LOG.warn("Failpoint {}: this process kills itself", wanted);
            Runtime.getRuntime().halt(ExitCode.KILLED.value());
        }
    }

    boolean hits(CommitStep step) {
        return wanted.equals(step.name()) || wanted.equals(step.name() + "@" + attempt);
    }
}
