package io.graft.platform.jobs;

import io.graft.platform.error.GraftException;
import io.graft.platform.postgres.PostgresJobStore;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import io.graft.v1.JobState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;

/** Figures about jobs. The numbers by state are counted when somebody asks for them, once in five seconds at most. */
final class JobMetrics {
    private static final Logger LOG = Logger.getLogger(JobMetrics.class);
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final PostgresJobStore store;
    private Map<JobState, Long> counts = Map.of();
    private long counted = System.nanoTime() - FRESH.toNanos();

    JobMetrics(PostgresJobStore store) {
        this.store = store;
    }

    void bindTo(MeterRegistry registry, String service) {
        for (JobState state : JobState.values()) {
            if (state != JobState.UNRECOGNIZED && state != JobState.JOB_STATE_UNSPECIFIED) {
                Gauge.builder("graft.jobs", () -> jobsIn(state))
                        .tag("service", service)
                        .tag("state", text(state))
                        .description("Jobs by state")
                        .register(registry);
            }
        }
    }

    void count(MeterRegistry registry, String service, Job job, JobEvent event) {
        if (!event.hasProgress()) {
            registry.counter(
                            "graft.job.transitions",
                            "service",
                            service,
                            "kind",
                            job.getKind(),
                            "state",
                            text(event.getState()))
                    .increment();
        }
    }

    private synchronized double jobsIn(JobState state) {
        if (System.nanoTime() - counted >= FRESH.toNanos()) {
            counted = System.nanoTime();
            try {
                counts = store.countByState();
            } catch (GraftException e) {
                LOG.warnf("Jobs can't be counted: %s", e.getMessage());
                return Double.NaN;
            }
        }
        return counts.getOrDefault(state, 0L);
    }

    private static String text(JobState state) {
        return state.name().substring("JOB_STATE_".length()).toLowerCase(Locale.ROOT);
    }
}
