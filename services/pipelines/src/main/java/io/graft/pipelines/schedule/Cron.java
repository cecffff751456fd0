package io.graft.pipelines.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Times by the five fields of Unix' cron, in a time zone with its changes of the clock. Thread-safe. */
public final class Cron {
    private final ExecutionTime times;
    private final ZoneId zone;

    private Cron(ExecutionTime times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /** What is wrong with an expression; empty when nothing is. */
    public static Optional<String> problem(String expression) {
        try {
            of(expression, "UTC");
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("is not cron's 'minute hour day month weekday': " + e.getMessage());
        }
    }

    /**
     * Reads a schedule.
     *
     * @param zone an IANA time zone
     * @throws IllegalArgumentException when the expression is wrong
     */
    public static Cron of(String expression, String zone) {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        return new Cron(ExecutionTime.forCron(parser.parse(expression).validate()), ZoneId.of(zone));
    }

    /** The first time after another; empty when there is none. */
    public Optional<Instant> next(Instant after) {
        return times.nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant);
    }
}
