package io.graft.registry.domain;

import com.google.protobuf.util.Timestamps;
import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.PresignedRequest;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.error.Violations;
import io.graft.platform.resource.ResourceName;
import io.graft.v1.ArtifactFile;
import io.graft.v1.CreateDownloadResponse;
import io.graft.v1.ModelVersion;
import io.graft.v1.PresignedFile;
import io.graft.v1.VersionState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lets a version's files out by presigned URLs. Thread-safe. */
public final class Downloads {
    private static final int MAX_FILES = 2_000;

    private final VersionStore versions;
    private final ArtifactStore artifacts;

    public Downloads(VersionStore versions, ArtifactStore artifacts) {
        this.versions = versions;
        this.artifacts = artifacts;
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
        String manifest = version.getManifest();
        String prefix = manifest.substring(0, manifest.length() - ArtifactCommit.MANIFEST.length());
        CreateDownloadResponse.Builder response = CreateDownloadResponse.newBuilder();
        for (ArtifactFile file : wanted(version, paths)) {
            String path = file.getPath();
            PresignedRequest get = artifacts.presignGet(
                    prefix + path, path.substring(path.lastIndexOf('/') + 1), ArtifactStore.MAX_PRESIGNED_LIFE);
            response.addFiles(presigned(file, get));
            if (!response.hasExpireTime()) {
                response.setExpireTime(Timestamps.fromMillis(get.expires().toEpochMilli()));
            }
        }
        return response.build();
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

    static PresignedFile presigned(ArtifactFile file, PresignedRequest request) {
        return PresignedFile.newBuilder()
                .setPath(file.getPath())
                .setUrl(request.uri().toString())
                .setMethod(request.method())
                .putAllHeaders(request.headers())
                .setSize(file.getSize())
                .setSha256(file.getSha256())
                .build();
    }

    private static Collection<ArtifactFile> wanted(ModelVersion version, List<String> paths) {
        Map<String, ArtifactFile> byPath = new TreeMap<>();
        version.getFilesList().forEach(file -> byPath.put(file.getPath(), file));
        Violations violations = new Violations();
        paths.stream()
                .filter(path -> !byPath.containsKey(path))
                .forEach(path -> violations.add("paths", "'" + path + "' is not a file of " + version.getName()));
        if (!paths.isEmpty()) {
            byPath.keySet().retainAll(paths);
        }
        violations.require(
                byPath.size() <= MAX_FILES,
                "paths",
                byPath.size() + " files are too many for one call; name " + MAX_FILES + " at most");
        violations.throwIfAny();
        return byPath.values();
    }
}
