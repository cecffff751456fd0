package io.graft.pipelines.services;

import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.ModelVersionName;
import io.graft.v1.DerivedVersion;
import io.graft.v1.GetLineageRequest;
import io.graft.v1.GetModelVersionRequest;
import io.graft.v1.LineageEdge;
import io.graft.v1.ModelVersion;
import io.graft.v1.RegistryServiceGrpc.RegistryServiceBlockingStub;
import io.graft.v1.VersionState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What derives from a version: the newest version of each other model that stands on it. A version stands on its base, a merged
 * one on its adapter's, a diff vector on the base that was subtracted, a graft on its target and not on where its update came
 * from: so what was carried to another base is no longer derived from the old one. Used for one question; not thread-safe.
 */
final class DerivedVersions {
    private static final int DEPTH = 20;
    private static final String TARGET = "target";
    private static final Set<String> BASES = Set.of("base", "source_base", "adapter");

    private final RegistryServiceBlockingStub registry;
    private final Map<String, ModelVersion> known = new HashMap<>();

    DerivedVersions(RegistryServiceBlockingStub registry) {
        this.registry = registry;
    }

    List<DerivedVersion> of(String version) {
        ModelVersion base = version(version);
        String own = modelOf(base.getName());
        TreeMap<String, ModelVersionName> newest = new TreeMap<>();
        GetLineageRequest request = GetLineageRequest.newBuilder()
                .setName(base.getName())
                .setDepth(DEPTH)
                .build();
        List<LineageEdge> edges = registry.getLineage(request).getEdgesList();
        descendants(edges, base.getName()).stream()
                .map(name -> ResourceName.parse("version", name))
                .filter(ModelVersionName.class::isInstance)
                .map(ModelVersionName.class::cast)
                .filter(name -> !name.model().toString().equals(own))
                .forEach(
                        name -> newest.merge(name.model().toString(), name, (a, b) -> a.number() > b.number() ? a : b));
        return newest.values().stream()
                .map(name -> version(name.toString()))
                .filter(found -> found.getState() == VersionState.VERSION_STATE_ACTIVE)
                .filter(found -> standsOn(found, base.getName(), new HashSet<>()))
                .map(found -> DerivedVersion.newBuilder()
                        .setVersion(found.getName())
                        .setModel(modelOf(found.getName()))
                        .setKind(found.getKind())
                        .setBase(base.getName())
                        .build())
                .toList();
    }

    private static Set<String> descendants(List<LineageEdge> edges, String root) {
        Set<String> found = new HashSet<>(Set.of(root));
        boolean more = true;
        while (more) {
            more = false;
            for (LineageEdge edge : edges) {
                more |= found.contains(edge.getParent()) && found.add(edge.getChild());
            }
        }
        found.remove(root);
        return found;
    }

    private boolean standsOn(ModelVersion version, String base, Set<String> seen) {
        boolean grafted = version.getParentsList().stream()
                .anyMatch(edge -> edge.getRole().equals(TARGET));
        for (LineageEdge edge : version.getParentsList()) {
            boolean stands = grafted ? edge.getRole().equals(TARGET) : BASES.contains(edge.getRole());
            if (stands && (edge.getParent().equals(base) || above(edge.getParent(), base, seen))) {
                return true;
            }
        }
        return false;
    }

    private boolean above(String parent, String base, Set<String> seen) {
        return ResourceName.parse("version", parent) instanceof ModelVersionName
                && seen.add(parent)
                && standsOn(version(parent), base, seen);
    }

    private ModelVersion version(String name) {
        ModelVersion found = known.get(name);
        if (found == null) {
            found = registry.getModelVersion(
                    GetModelVersionRequest.newBuilder().setName(name).build());
            known.put(name, found);
        }
        return found;
    }

    private static String modelOf(String version) {
        return ResourceName.parse("version", version, ModelVersionName.class)
                .model()
                .toString();
    }
}
