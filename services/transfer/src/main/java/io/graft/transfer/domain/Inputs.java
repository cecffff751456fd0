package io.graft.transfer.domain;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactKind;
import io.graft.v1.ModelVersion;
import io.graft.v1.VersionPair;
import io.graft.v1.VersionState;
import java.util.Map;

/** Looks the versions of a job up and refuses those that can't play their role. Thread-safe. */
final class Inputs {
    private final VersionCatalog catalog;

    Inputs(VersionCatalog catalog) {
        this.catalog = catalog;
    }

    /** A version of whole weights. */
    Input full(String role, String name) {
        return find(role, name, ArtifactKind.ARTIFACT_KIND_FULL);
    }

    /** A stored diff vector. */
    Input diff(String name) {
        return find(Input.DIFF, name, ArtifactKind.ARTIFACT_KIND_DIFF);
    }

    /** @throws GraftException {@code ZERO_UPDATE} when the two have the same content */
    static void requireUpdate(Input base, Input finetuned) {
        if (base.version().getDigest().equals(finetuned.version().getDigest())) {
            throw new GraftException(
                    ErrorCode.ZERO_UPDATE,
                    base.version().getName() + " and " + finetuned.version().getName()
                            + " have the same content, so there is no update to carry; name the fine-tuned version",
                    Map.of("digest", base.version().getDigest()));
        }
    }

    /** The pair with aliases replaced by versions. */
    static VersionPair pair(Input base, Input finetuned) {
        return VersionPair.newBuilder()
                .setBase(base.version().getName())
                .setFinetuned(finetuned.version().getName())
                .build();
    }

    private Input find(String role, String name, ArtifactKind kind) {
        ModelVersion version = catalog.resolve(name);
        if (version.getState() != VersionState.VERSION_STATE_ACTIVE) {
            throw new GraftException(
                    ErrorCode.VERSION_QUARANTINED,
                    version.getName() + " is quarantined because its stored bytes differ from its digests; use another"
                            + " version as " + role,
                    Map.of("version", version.getName(), "role", role));
        }
        if (version.getKind() != kind) {
            throw wrongKind(role, version, kind);
        }
        return new Input(role, version);
    }

    private static GraftException wrongKind(String role, ModelVersion version, ArtifactKind wanted) {
        String cure = version.getKind() == ArtifactKind.ARTIFACT_KIND_ADAPTER
                ? "merge it into its base first, and register the result as FULL"
                : "name a version of kind " + name(wanted);
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
