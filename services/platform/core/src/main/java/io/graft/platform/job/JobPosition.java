package io.graft.platform.job;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.query.PageToken;
import io.graft.v1.Job;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a job stands in a list, newest first. A page begins after the last job of the page before, so that new jobs shift
 * nothing, and so that pages of several stores make one.
 *
 * @param time when it was created, in whole microseconds
 * @param name its resource name, which decides between jobs of one time
 */
public record JobPosition(Instant time, String name) {
    /** Newest first. */
    public static final Comparator<Job> NEWEST_FIRST = Comparator.<Job, Instant>comparing(
                    job -> JobTimes.instant(job.getCreateTime()))
            .thenComparing(Job::getName)
            .reversed();

    private static final Pattern POSITION = Pattern.compile("(-?[0-9]{1,18}) ([a-z0-9/._-]+)");

    /**
     * Where the page of a query begins: after this job.
     *
     * @throws GraftException {@code INVALID_PAGE_TOKEN}
     */
    public static JobPosition of(JobQuery query) {
        PageToken token = PageToken.decode(query.pageToken(), list(query));
        Matcher matcher = POSITION.matcher(token.position());
        if (!matcher.matches()) {
            throw new GraftException(ErrorCode.INVALID_PAGE_TOKEN, "page_token is damaged; begin again without it");
        }
        return new JobPosition(
                Instant.EPOCH.plus(Long.parseLong(matcher.group(1)), ChronoUnit.MICROS), matcher.group(2));
    }

    /** Token of the page of the same query that begins after {@code last}. */
    public static String tokenAfter(JobQuery query, Job last) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, JobTimes.instant(last.getCreateTime()));
        return new PageToken(micros + " " + last.getName()).encode(list(query));
    }

    private static String list(JobQuery query) {
        return query.tenant() + "\n" + query.terms();
    }
}
