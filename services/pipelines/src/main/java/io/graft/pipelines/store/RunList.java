package io.graft.pipelines.store;

import io.graft.pipelines.domain.RunStore.RunQuery;
import io.graft.platform.postgres.Database;
import io.graft.platform.postgres.SqlFilter;
import io.graft.platform.query.Page;
import io.graft.platform.query.PageToken;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.PipelineName;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Pages of runs, newest first. A page begins after the last run of the page before, so that new runs shift nothing. */
final class RunList {
    private static final Map<String, SqlFilter.Column> COLUMNS = Map.of(
            "state", new SqlFilter.Choice("state", RunRows.STATE_PREFIX, states()),
            "create_time", new SqlFilter.Time("create_time"));

    private RunList() {}

    static Page<PipelineRun> page(Database database, RunQuery query) {
        SqlFilter filter = SqlFilter.of(query.terms(), COLUMNS);
        ResourceName parent = ResourceName.parse("parent", query.parent());
        boolean ofOne = parent instanceof PipelineName;
        String list = query.parent() + "\nruns\n" + query.filter();
        String after = query.pageToken().isEmpty() ? "" : " and (create_time, name) < (:time, :name)";
        List<PipelineRun> found = database.read(handle -> {
            var select = handle.createQuery("select resource from run where "
                            + (ofOne ? "pipeline = :parent" : "tenant = :parent") + filter.sql() + after
                            + " order by create_time desc, name desc limit :limit")
                    .bind("parent", ofOne ? query.parent() : parent.tenant())
                    .bindMap(filter.bindings())
                    .bind("limit", query.pageSize() + 1);
            if (!after.isEmpty()) {
                List<String> position = List.of(
                        PageToken.decode(query.pageToken(), list).position().split(" ", 2));
                select.bind("time", Instant.parse(position.getFirst())).bind("name", position.getLast());
            }
            return select.map((row, context) -> Rows.message(PipelineRun.parser(), row.getBytes("resource")))
                    .list();
        });
        if (found.size() <= query.pageSize()) {
            return new Page<>(found, "");
        }
        List<PipelineRun> page = found.subList(0, query.pageSize());
        PipelineRun last = page.getLast();
        Instant time = Instant.ofEpochSecond(
                last.getCreateTime().getSeconds(), last.getCreateTime().getNanos());
        return new Page<>(page, new PageToken(time + " " + last.getName()).encode(list));
    }

    private static Set<String> states() {
        return Arrays.stream(PipelineRunState.values())
                .filter(state -> state != PipelineRunState.UNRECOGNIZED)
                .map(RunRows::text)
                .collect(Collectors.toUnmodifiableSet());
    }
}
