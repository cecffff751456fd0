package io.graft.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobMachine;
import io.graft.platform.job.JobQuery;
import io.graft.platform.job.JobTimes;
import io.graft.platform.job.RetryPolicy;
import io.graft.platform.query.Filter;
import io.graft.platform.query.Page;
import io.graft.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobListTest {
    private static final Set<String> FIELDS = Set.of("state", "kind", "create_time", "labels");

    private final PostgresJobStore store = new PostgresJobStore(new Database(Postgres.freshSchema()), "/graft/test");

    @Test
    void pagesNewestFirstWithoutRepeatingOrLosing() {
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            newestFirst.addFirst(create(Map.of()).getName());
        }
        create("other", Map.of());

        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            Page<Job> page = store.list(new JobQuery("default", List.of(), 3, token));
            page.items().forEach(job -> seen.add(job.getName()));
            token = page.nextPageToken();
            create(Map.of()); // Newer ones shift nothing.
        } while (!token.isEmpty());

        assertThat(seen).isEqualTo(newestFirst);
    }

    @Test
    void endsWithoutTokenOnAFullLastPage() {
        create(Map.of());
        create(Map.of());

        assertThat(store.list(new JobQuery("default", List.of(), 2, "")).nextPageToken())
                .isEmpty();
    }

    @Test
    void filters() {
        Job plain = create(Map.of());
        Job labelled = create(Map.of("team", "search", "x'y", "1"));
        store.change(labelled.getName(), (record, now) -> new JobMachine(RetryPolicy.DEFAULT).cancelled(record, now));
        String time = JobTimes.instant(labelled.getCreateTime()).toString();

        assertThat(names("state = CANCELLED")).containsExactly(labelled.getName());
        assertThat(names("state = JOB_STATE_QUEUED")).containsExactly(plain.getName());
        assertThat(names("state != CANCELLED AND kind = graft")).containsExactly(plain.getName());
        assertThat(names("kind = \"diff\"")).isEmpty();
        assertThat(names("labels.team = search")).containsExactly(labelled.getName());
        assertThat(names("labels.team != search")).containsExactly(plain.getName());
        assertThat(names("labels.team = \"sea' or 1=1 --\"")).isEmpty();
        assertThat(names("create_time < " + time)).containsExactly(plain.getName());
        assertThat(names("create_time >= " + time)).containsExactly(labelled.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"state = DONE", "state < RUNNING", "create_time > yesterday", "labels.a > 1", "kind >= g"})
    void refusesWhatTheFieldDoesNotTake(String filter) {
        assertThatThrownBy(() -> names(filter))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_FILTER));
    }

    @Test
    void refusesATokenOfAnotherList() {
        create(Map.of());
        create(Map.of());
        String token = store.list(new JobQuery("default", List.of(), 1, "")).nextPageToken();

        assertRefused(new JobQuery("other", List.of(), 1, token));
        assertRefused(new JobQuery("default", Filter.parse("kind = graft", FIELDS), 1, token));
        assertRefused(new JobQuery("default", List.of(), 1, "nonsense"));
    }

    private void assertRefused(JobQuery query) {
        assertThatThrownBy(() -> store.list(query))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PAGE_TOKEN));
    }

    private List<String> names(String filter) {
        return store.list(new JobQuery("default", Filter.parse(filter, FIELDS), 100, "")).items().stream()
                .map(Job::getName)
                .toList();
    }

    private Job create(Map<String, String> labels) {
        return create("default", labels);
    }

    private Job create(String tenant, Map<String, String> labels) {
        return store.create(Jobs.queued(tenant, "", labels), "hash");
    }
}
