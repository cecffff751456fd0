package io.graft.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.v1.Lineage;
import io.graft.v1.LineageEdge;
import org.junit.jupiter.api.Test;

class LineageTreeTest {
    @Test
    void ancestorsAreATreeAndDescendantsAnother() {
        Lineage lineage = Lineage.newBuilder()
                .setRoot(version("grafted"))
                .addEdges(edge("grafted", "base", "source_base"))
                .addEdges(edge("grafted", "tuned", "source_finetuned"))
                .addEdges(edge("tuned", "base", "source_base"))
                .addEdges(edge("grafted", "e5", "target"))
                .addEdges(edge("next", "grafted", "target"))
                .setTruncated(true)
                .build();

        assertThat(LineageTree.draw(lineage)).isEqualTo("""
                grafted/1
                |-- base/1  (source_base)
                |-- tuned/1  (source_finetuned)
                |   `-- base/1  (source_base)
                `-- e5/1  (target)

                derived from grafted/1
                `-- next/1  (target)
                (more lies beyond; add --depth)
                """);
    }

    @Test
    void aCircleEnds() {
        Lineage lineage = Lineage.newBuilder()
                .setRoot(version("a"))
                .addEdges(edge("a", "b", ""))
                .addEdges(edge("b", "a", ""))
                .build();

        assertThat(LineageTree.draw(lineage)).startsWith("a/1\n`-- b/1\n");
    }

    private static LineageEdge edge(String child, String parent, String role) {
        return LineageEdge.newBuilder()
                .setChild(version(child))
                .setParent(version(parent))
                .setRole(role)
                .build();
    }

    private static String version(String model) {
        return "tenants/default/models/" + model + "/versions/1";
    }
}
