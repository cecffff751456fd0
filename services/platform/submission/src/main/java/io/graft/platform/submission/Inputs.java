package io.graft.platform.submission;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactKind;
import io.graft.v1.DatasetVersion;
import io.graft.v1.ModelVersion;
import io.graft.v1.VersionState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks the versions of a job up and refuses those that can't play their role. Thread-safe. */
public final class Inputs {
    private final VersionCatalog catalog;

    public Inputs(VersionCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * A model version of one of some kinds.
     *
     * @throws GraftException {@code VERSION_QUARANTINED}, {@code WRONG_ARTIFACT_KIND}, or what the registry answers
     */
    public ModelInput model(String role, String name, ArtifactKind... kinds) {
        ModelVersion version = catalog.resolve(name);
        requireActive(role, version.getName(), version.getState());
        if (!Arrays.asList(kinds).contains(version.getKind())) {
            throw wrongKind(role, version, List.of(kinds));
        }
        return new ModelInput(role, version);
    }

    /**
     * A data set version.
     *
     * @throws GraftException {@code VERSION_QUARANTINED}, or what the registry answers
     */
    public DataInput data(String role, String name) {
        DatasetVersion version = catalog.dataset(name);
        requireActive(role, version.getName(), version.getState());
        return new DataInput(role, version);
    }

    private static void requireActive(String role, String name, VersionState state) {
        if (state != VersionState.VERSION_STATE_ACTIVE) {
            throw new GraftException(
                    ErrorCode.VERSION_QUARANTINED,
                    name + " is quarantined because its stored bytes differ from its digests; use another version as "
                            + role,
                    Map.of("version", name, "role", role));
        }
    }

    private static GraftException wrongKind(String role, ModelVersion version, List<ArtifactKind> wanted) {
        String cure = version.getKind() == ArtifactKind.ARTIFACT_KIND_ADAPTER
                ? "merge it into its base first, and register the result as FULL"
                : "name a version of kind " + wanted.stream().map(Inputs::name).collect(Collectors.joining(" or "));
        return new GraftException(
                ErrorCode.WRONG_ARTIFACT_KIND,
                version.getName() + " is of kind " + name(version.getKind()) + " and can't be the " + role + "; "
                        + cure,
                Map.of("version", version.getName(), "role", role, "kind", name(version.getKind())));
    }

    private static String name(ArtifactKind kind) {
        return kind.name().replace("ARTIFACT_KIND_", "");
    }
}
