package io.graft.engine.worker;

import io.graft.platform.launch.WorkerEnvironment;
import io.graft.platform.trace.TraceContext;
import java.util.Map;

/**
 * The form of a log line, on standard error. One process is one attempt, so its trace and job are the same in every line and
 * stand there as literal text of the time's pattern.
 */
final class WorkerLog {
    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private WorkerLog() {}

    /** To be called before the first logger is made. */
    static void configure(Map<String, String> environment) {
        String trace = TraceContext.parse(environment.getOrDefault(WorkerEnvironment.TRACEPARENT, ""))
                .map(TraceContext::traceId)
                .orElse("-");
        String job = environment.getOrDefault(WorkerEnvironment.JOB, "-");
        String attempt = environment.getOrDefault(WorkerEnvironment.ATTEMPT, "-");
        String fixed = "trace=" + trace + " job=" + job + " attempt=" + attempt;
        System.setProperty(PREFIX + "showDateTime", "true");
        System.setProperty(
                PREFIX + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX '" + fixed.replace("'", "''") + "'");
        System.setProperty(PREFIX + "log.org.apache.kafka", "warn");
    }
}
