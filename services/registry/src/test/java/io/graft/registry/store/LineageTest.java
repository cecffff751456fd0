package io.graft.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.ModelVersionName;
import io.graft.v1.Lineage;
import io.graft.v1.LineageEdge;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LineageTest {
    private final World world = new World();

    /** 1 and 2 are bases; 3 from 1; 4 from 3 and 2; 5 from 4. */
    @BeforeEach
    void derive() {
        world.createModel();
        for (int seed = 1; seed <= 5; seed++) {
            world.version(seed);
        }
        edge(3, 1);
        edge(4, 3);
        edge(4, 2);
        edge(5, 4);
    }

    @Test
    void followsBothDirections() {
        Lineage lineage = world.versions.lineage(version(3), 5);
        assertThat(arrows(lineage)).containsExactlyInAnyOrder("3>1", "4>3", "5>4");
        assertThat(lineage.getTruncated()).isFalse();
    }

    @Test
    void saysWhenMoreLiesBeyondTheDepth() {
        Lineage near = world.versions.lineage(version(3), 1);
        assertThat(arrows(near)).containsExactlyInAnyOrder("3>1", "4>3");
        assertThat(near.getTruncated()).isTrue();
        assertThat(world.versions.lineage(version(5), 3).getTruncated()).isFalse();
        assertThat(world.versions.lineage(version(5), 2).getTruncated()).isTrue();
    }

    @Test
    void endsInACircleToo() {
        edge(1, 5);
        assertThat(arrows(world.versions.lineage(version(3), 20)))
                .containsExactlyInAnyOrder("3>1", "1>5", "5>4", "4>3", "4>2");
    }

    @Test
    void aVersionMustExist() {
        assertThatThrownBy(() -> world.versions.lineage(version(9), 1)).hasMessageContaining("does not exist");
    }

    private static List<String> arrows(Lineage lineage) {
        return lineage.getEdgesList().stream()
                .map(edge -> number(edge.getChild()) + ">" + number(edge.getParent()))
                .toList();
    }

    private static String number(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private void edge(int child, int parent) {
        LineageEdge edge = LineageEdge.newBuilder()
                .setChild(version(child).toString())
                .setParent(version(parent).toString())
                .build();
        world.database.useTransaction(handle -> handle.execute(
                "insert into lineage (child, parent, role, job) values (?, ?, 'target', '')",
                edge.getChild(),
                edge.getParent()));
    }

    private static ModelVersionName version(int number) {
        return ResourceName.parse("name", World.MODEL + "/versions/" + number, ModelVersionName.class);
    }
}
