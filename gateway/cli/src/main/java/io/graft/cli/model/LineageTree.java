package io.graft.cli.model;

import io.graft.cli.name.Names;
import io.graft.v1.Lineage;
import io.graft.v1.LineageEdge;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Draws a lineage: the version, below it its ancestors as a tree, then its descendants. */
public final class LineageTree {
    private final Lineage lineage;
    private final StringBuilder text = new StringBuilder();

    private LineageTree(Lineage lineage) {
        this.lineage = lineage;
    }

    public static String draw(Lineage lineage) {
        LineageTree tree = new LineageTree(lineage);
        tree.line(Names.brief(lineage.getRoot()));
        tree.branches(lineage.getRoot(), "", LineageEdge::getChild, LineageEdge::getParent, new HashSet<>());
        if (lineage.getEdgesList().stream().anyMatch(e -> e.getParent().equals(lineage.getRoot()))) {
            tree.line("");
            tree.line("derived from " + Names.brief(lineage.getRoot()));
            tree.branches(lineage.getRoot(), "", LineageEdge::getParent, LineageEdge::getChild, new HashSet<>());
        }
        if (lineage.getTruncated()) {
            tree.line("(more lies beyond; add --depth)");
        }
        return tree.text.toString();
    }

    private void branches(
            String of,
            String indent,
            Function<LineageEdge, String> from,
            Function<LineageEdge, String> to,
            Set<String> above) {
        above.add(of);
        List<LineageEdge> edges = lineage.getEdgesList().stream()
                .filter(e -> from.apply(e).equals(of) && !above.contains(to.apply(e)))
                .toList();
        for (int i = 0; i < edges.size(); i++) {
            LineageEdge edge = edges.get(i);
            boolean last = i == edges.size() - 1;
            String role = edge.getRole().isEmpty() ? "" : "  (" + edge.getRole() + ")";
            line(indent + (last ? "`-- " : "|-- ") + Names.brief(to.apply(edge)) + role);
            branches(to.apply(edge), indent + (last ? "    " : "|   "), from, to, above);
        }
        above.remove(of);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
