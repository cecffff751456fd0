package io.graft.registry.domain;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.DownloadUrls;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.resource.ResourceName;
import io.graft.v1.CreateDownloadResponse;
import io.graft.v1.ModelVersion;
import io.graft.v1.VersionState;
import java.util.List;
import java.util.Map;

/** Lets a version's files out by presigned URLs. Thread-safe. */
public final class Downloads {
    private final VersionStore versions;
    private final DownloadUrls urls;

    public Downloads(VersionStore versions, ArtifactStore artifacts) {
        this.versions = versions;
        this.urls = new DownloadUrls(artifacts);
    }

    /**
     * URLs for files of a version.
     *
     * @param paths what is wanted; all when empty
     * @throws GraftException {@code NOT_FOUND}, {@code VERSION_QUARANTINED}, or {@code INVALID_REQUEST} naming every path
     *     that the version does not have
     */
    public CreateDownloadResponse create(ResourceName name, List<String> paths) {
        ModelVersion version = versions.get(name);
        requireActive(version);
        return urls.create(version.getName(), version.getManifest(), version.getFilesList(), paths);
    }

    /** @throws GraftException {@code VERSION_QUARANTINED} unless the version may be used */
    public static void requireActive(ModelVersion version) {
        if (version.getState() != VersionState.VERSION_STATE_ACTIVE) {
            throw new GraftException(
                    ErrorCode.VERSION_QUARANTINED,
                    version.getName() + " is quarantined because its stored bytes differ from its digests; use another"
                            + " version, or upload its files again",
                    Map.of("version", version.getName()));
        }
    }
}
