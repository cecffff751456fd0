package io.graft.platform.artifact;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactFile;
import io.graft.v1.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The commit protocol: upload under a prefix that one writer owns, verify, write {@code manifest.json} last and only if
 * absent. Readers follow manifests only. Committing again after a crash, under the same prefix and with the same content,
 * returns the first manifest.
 */
public final class ArtifactCommit {
    /** Name of the manifest under its prefix. */
    public static final String MANIFEST = "manifest.json";

    /** Value of {@link Manifest#getFormat()}. */
    public static final String FORMAT = "graft.manifest.v1";

    private static final int MAX_MANIFEST_BYTES = 64 << 20;

    private final ArtifactStore store;
    private final Consumer<CommitStep> observer;

    /** @param observer told of each step as it is reached, on the committing thread */
    public ArtifactCommit(ArtifactStore store, Consumer<CommitStep> observer) {
        this.store = store;
        this.observer = observer;
    }

    /**
     * Uploads the files that lie under {@code folder} and commits them.
     *
     * @param prefix ends with {@code /}; no other writer uses it
     * @param draft everything of the manifest but format and digest; its files give paths, sizes and SHA-256
     * @return the manifest that holds, with its key being {@code prefix + MANIFEST}
     */
    public Manifest commitFolder(String prefix, Path folder, Manifest draft) {
        observer.accept(CommitStep.BEFORE_UPLOAD);
        for (ArtifactFile file : draft.getFilesList()) {
            store.put(prefix + ArtifactPath.check(file.getPath()), folder.resolve(file.getPath()));
            observer.accept(CommitStep.AFTER_OBJECT);
        }
        return commitUploaded(prefix, draft);
    }

    /**
     * Commits files that are already under {@code prefix}, after checking that each is there with its size and SHA-256.
     *
     * @throws GraftException {@code UPLOAD_INCOMPLETE} naming every file that is absent or of another size,
     *     {@code DIGEST_MISMATCH} naming every file whose content differs
     */
    public Manifest commitUploaded(String prefix, Manifest draft) {
        verify(prefix, draft.getFilesList());
        observer.accept(CommitStep.BEFORE_MANIFEST);
        List<ArtifactFile> files = draft.getFilesList().stream()
                .sorted(Comparator.comparing(ArtifactFile::getPath))
                .toList();
        Manifest manifest = draft.toBuilder()
                .setFormat(FORMAT)
                .clearFiles()
                .addAllFiles(files)
                .setDigest(ContentDigest.of(files))
                .build();
        if (!store.putIfAbsent(prefix + MANIFEST, encode(manifest))) {
            Manifest first = read(store, prefix + MANIFEST);
            if (!first.getDigest().equals(manifest.getDigest())) {
                throw new GraftException(
                        ErrorCode.DIGEST_MISMATCH,
                        "Under " + prefix + " stands a commit with another content: " + first.getDigest(),
                        Map.of("expected", manifest.getDigest(), "found", first.getDigest()));
            }
            manifest = first;
        }
        observer.accept(CommitStep.AFTER_MANIFEST);
        return manifest;
    }

    /**
     * Reads a manifest and checks that it is one and that its digest is that of its files.
     *
     * @throws GraftException {@code NOT_FOUND}, or {@code DIGEST_MISMATCH} when it was altered
     */
    public static Manifest read(ArtifactStore store, String key) {
        Manifest.Builder manifest = Manifest.newBuilder();
        try (InputStream stream = store.open(key)) {
            byte[] bytes = stream.readNBytes(MAX_MANIFEST_BYTES);
            JsonFormat.parser().ignoringUnknownFields().merge(new String(bytes, StandardCharsets.UTF_8), manifest);
        } catch (InvalidProtocolBufferException e) {
            throw new GraftException(ErrorCode.DIGEST_MISMATCH, "Manifest " + key + " is not readable", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!manifest.getFormat().equals(FORMAT)
                || !manifest.getDigest().equals(ContentDigest.of(manifest.getFilesList()))) {
            throw new GraftException(
                    ErrorCode.DIGEST_MISMATCH,
                    "Manifest " + key + " does not match its own digest",
                    Map.of("manifest", key));
        }
        return manifest.build();
    }

    private void verify(String prefix, List<ArtifactFile> files) {
        List<String> incomplete = files.stream()
                .filter(file -> !isComplete(prefix, file))
                .map(ArtifactFile::getPath)
                .toList();
        if (!incomplete.isEmpty()) {
            throw new GraftException(
                    ErrorCode.UPLOAD_INCOMPLETE,
                    "Files are absent or of another size than announced; upload them and commit again: "
                            + String.join(", ", incomplete),
                    Map.of("files", String.join(",", incomplete)));
        }
        List<String> damaged = files.stream()
                .filter(file -> !digestOf(prefix + file.getPath()).equals(file.getSha256()))
                .map(ArtifactFile::getPath)
                .toList();
        if (!damaged.isEmpty()) {
            throw new GraftException(
                    ErrorCode.DIGEST_MISMATCH,
                    "Stored files differ from their announced SHA-256; upload them again: "
                            + String.join(", ", damaged),
                    Map.of("files", String.join(",", damaged)));
        }
    }

    private boolean isComplete(String prefix, ArtifactFile file) {
        Optional<StoredObject> found = store.stat(prefix + file.getPath());
        return found.isPresent() && found.get().size() == file.getSize();
    }

    private String digestOf(String key) {
        try (InputStream stream = store.open(key)) {
            return ContentDigest.sha256(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encode(Manifest manifest) {
        try {
            return JsonFormat.printer().print(manifest).getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A manifest has no Any field", e);
        }
    }
}
