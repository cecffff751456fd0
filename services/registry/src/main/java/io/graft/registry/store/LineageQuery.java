package io.graft.registry.store;

import io.graft.v1.Lineage;
import io.graft.v1.LineageEdge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Follows the lineage graph from one version in both directions. */
final class LineageQuery {
    private static final int MAX_EDGES = 5_000;

    private static final String ANCESTORS = """
            with recursive walk (child, parent, role, job, step) as (
                select child, parent, role, job, 1 from lineage where child = :root
                union
                select l.child, l.parent, l.role, l.job, w.step + 1
                from lineage l join walk w on l.child = w.parent where w.step <= :depth)
            select child, parent, role, job, min(step) as step from walk
            group by child, parent, role, job order by 5, 1, 2, 3 limit :limit""";

    private static final String DESCENDANTS = ANCESTORS
            .replace("where child = :root", "where parent = :root")
            .replace("l.child = w.parent", "l.parent = w.child");

    private LineageQuery() {}

    static Lineage run(Handle handle, String root, int depth) {
        List<Step> steps = new ArrayList<>(walk(handle, ANCESTORS, root, depth));
        steps.addAll(walk(handle, DESCENDANTS, root, depth));
        steps.sort(Comparator.comparingInt(Step::step));
        Set<LineageEdge> edges = new LinkedHashSet<>();
        steps.stream().filter(step -> step.step() <= depth).limit(MAX_EDGES).forEach(step -> edges.add(step.edge()));
        return Lineage.newBuilder()
                .setRoot(root)
                .addAllEdges(edges)
                .setTruncated(steps.stream().anyMatch(step -> !edges.contains(step.edge())))
                .build();
    }

    private static List<Step> walk(Handle handle, String sql, String root, int depth) {
        return handle.createQuery(sql)
                .bind("root", root)
                .bind("depth", depth)
                .bind("limit", MAX_EDGES + 1)
                .map((row, context) -> new Step(
                        LineageEdge.newBuilder()
                                .setChild(row.getString("child"))
                                .setParent(row.getString("parent"))
                                .setRole(row.getString("role"))
                                .setJob(row.getString("job"))
                                .build(),
                        row.getInt("step")))
                .list();
    }

    /** @param step distance from the root, from 1 */
    private record Step(LineageEdge edge, int step) {}
}
