package io.graft.cli.file;

import io.graft.v1.ArtifactKind;
import java.util.Locale;

/** What an uploaded folder holds. */
public enum VersionKind {
    FULL,
    ADAPTER,
    DIFF;

    public ArtifactKind kind() {
        return switch (this) {
            case FULL -> ArtifactKind.ARTIFACT_KIND_FULL;
            case ADAPTER -> ArtifactKind.ARTIFACT_KIND_ADAPTER;
            case DIFF -> ArtifactKind.ARTIFACT_KIND_DIFF;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
