package io.graft.engine.worker;

import io.graft.platform.launch.WorkerEnvironment;
import io.graft.platform.trace.TraceContext;
import java.util.Map;

/** The form of a log line: one process is one attempt, so its job and trace are the same in every line. */
final class WorkerLog {
    private WorkerLog() {}

    /** To be called before the first logger is made. */
    static void configure(Map<String, String> environment) {
        String trace = TraceContext.parse(environment.getOrDefault(WorkerEnvironment.TRACEPARENT, ""))
                .map(TraceContext::traceId)
                .orElse("-");
        String job = environment.getOrDefault(WorkerEnvironment.JOB, "-");
        String attempt = environment.getOrDefault(WorkerEnvironment.ATTEMPT, "-");
        String fixed = "trace=" + trace + " job=" + job + " attempt=" + attempt;
        System.setProperty(
                "java.util.logging.SimpleFormatter.format",
                "%1$tFT%1$tT.%1$tL%1$tz %4$-7s " + fixed.replace("%", "%%") + " %3$s: %5$s%6$s%n");
    }
}
