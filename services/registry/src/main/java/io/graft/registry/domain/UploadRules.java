package io.graft.registry.domain;

import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactPath;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.error.Violations;
import io.graft.platform.request.RequestRules;
import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import io.graft.v1.CreateUploadRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checks what an upload announces, every bad file at once. */
final class UploadRules {
    private static final int MAX_FILES = 10_000;
    private static final long MAX_FILE_BYTES = 5L << 30;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Violations violations = new Violations();
    private final Set<String> paths = new HashSet<>();
    private ErrorCode code = ErrorCode.INVALID_REQUEST;

    private UploadRules() {}

    /**
     * Checks a request.
     *
     * @throws GraftException {@code INVALID_REQUEST}, or {@code UNSUPPORTED_FILE} when a pickle is among the files, naming
     *     every bad field; {@code MALFORMED_MODEL} when a model's files lack one that its kind needs
     */
    static void check(CreateUploadRequest request, boolean ofModel) {
        UploadRules rules = new UploadRules();
        rules.checkFiles(request.getFilesList());
        rules.checkKind(request.getKind(), ofModel);
        RequestRules.checkRequestId(rules.violations, request.getRequestId());
        RequestRules.checkLabels(rules.violations, "labels", request.getLabelsMap());
        rules.violations.throwIfAny(rules.code);
        if (ofModel) {
            WeightFiles.of(kind(request)).require(rules.paths);
        }
    }

    /** FULL when unset. */
    static ArtifactKind kind(CreateUploadRequest request) {
        return request.getKind() == ArtifactKind.ARTIFACT_KIND_UNSPECIFIED
                ? ArtifactKind.ARTIFACT_KIND_FULL
                : request.getKind();
    }

    private void checkKind(ArtifactKind kind, boolean ofModel) {
        if (ofModel) {
            violations.require(kind != ArtifactKind.UNRECOGNIZED, "kind", "is FULL, ADAPTER or DIFF");
        } else {
            violations.require(kind == ArtifactKind.ARTIFACT_KIND_UNSPECIFIED, "kind", "must be unset for a data set");
        }
    }

    private void checkFiles(List<ArtifactFile> files) {
        violations.require(!files.isEmpty(), "files", "names no file; give path, size and SHA-256 of each");
        if (files.size() > MAX_FILES) {
            violations.add("files", "names " + files.size() + " files, " + MAX_FILES + " at most; pack small files");
            return;
        }
        for (int i = 0; i < files.size(); i++) {
            checkFile("files[" + i + "]", files.get(i));
        }
        for (String path : paths) {
            parents(path)
                    .filter(paths::contains)
                    .forEach(folder -> violations.add("files", "'" + folder + "' is a file and the folder of " + path));
        }
    }

    private void checkFile(String field, ArtifactFile file) {
        try {
            ArtifactPath.check(file.getPath());
        } catch (GraftException e) {
            violations.add(field + ".path", String.valueOf(e.getMessage()));
            if (e.code() == ErrorCode.UNSUPPORTED_FILE) {
                code = ErrorCode.UNSUPPORTED_FILE;
            }
        }
        violations.require(
                !file.getPath().equals(ArtifactCommit.MANIFEST),
                field + ".path",
                "'" + ArtifactCommit.MANIFEST + "' is the registry's own; leave the file out");
        violations.require(
                paths.add(file.getPath()), field + ".path", "'" + file.getPath() + "' is named more than once");
        violations.require(
                file.getSize() >= 0 && file.getSize() <= MAX_FILE_BYTES,
                field + ".size",
                "'" + file.getPath() + "' has " + file.getSize() + " bytes; a file has 0 to " + MAX_FILE_BYTES
                        + " (5 GiB): save larger weights in shards");
        violations.require(
                SHA256.matcher(file.getSha256()).matches(),
                field + ".sha256",
                "of '" + file.getPath() + "' is not 64 lower-case hexadecimal digits");
    }

    private static Stream<String> parents(String path) {
        return IntStream.range(0, path.length())
                .filter(i -> path.charAt(i) == '/')
                .mapToObj(i -> path.substring(0, i));
    }
}
