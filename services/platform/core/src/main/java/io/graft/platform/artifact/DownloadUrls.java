package io.graft.platform.artifact;

import com.google.protobuf.util.Timestamps;
import io.graft.platform.error.Violations;
import io.graft.v1.ArtifactFile;
import io.graft.v1.CreateDownloadResponse;
import io.graft.v1.PresignedFile;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lets committed files out by presigned URLs. Thread-safe. */
public final class DownloadUrls {
    private static final int MAX_FILES = 2_000;

    private final ArtifactStore artifacts;

    public DownloadUrls(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /**
     * URLs for files that a manifest names.
     *
     * @param owner the version or job whose files they are
     * @param manifest key of the manifest
     * @param files what it names
     * @param paths what is wanted; all when empty
     * @throws io.graft.platform.error.GraftException {@code INVALID_REQUEST} naming every path that is not among the files,
     *     or when more than 2000 are wanted
     */
    public CreateDownloadResponse create(String owner, String manifest, List<ArtifactFile> files, List<String> paths) {
        String prefix = manifest.substring(0, manifest.length() - ArtifactCommit.MANIFEST.length());
        CreateDownloadResponse.Builder response = CreateDownloadResponse.newBuilder();
        for (ArtifactFile file : wanted(owner, files, paths)) {
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

    /** A file with the request that brings or takes it. */
    public static PresignedFile presigned(ArtifactFile file, PresignedRequest request) {
        return PresignedFile.newBuilder()
                .setPath(file.getPath())
                .setUrl(request.uri().toString())
                .setMethod(request.method())
                .putAllHeaders(request.headers())
                .setSize(file.getSize())
                .setSha256(file.getSha256())
                .build();
    }

    private static Collection<ArtifactFile> wanted(String owner, List<ArtifactFile> files, List<String> paths) {
        Map<String, ArtifactFile> byPath = new TreeMap<>();
        files.forEach(file -> byPath.put(file.getPath(), file));
        Violations violations = new Violations();
        paths.stream()
                .filter(path -> !byPath.containsKey(path))
                .forEach(path -> violations.add("paths", "'" + path + "' is not a file of " + owner));
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
