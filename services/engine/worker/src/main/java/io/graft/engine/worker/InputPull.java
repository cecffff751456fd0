package io.graft.engine.worker;

import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactPath;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.ContentDigest;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactFile;
import io.graft.v1.AssignmentInput;
import io.graft.v1.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings inputs to this machine: by manifest, several files at a time, each checked against its digest as it comes. */
final class InputPull {
    private static final Logger LOG = LoggerFactory.getLogger(InputPull.class);
    private static final int PARALLEL = 4;
    private static final int BUFFER = 1 << 17;
    private static final int TRIES = 2;

    private final ArtifactStore store;
    private final Path root;
    private final ProgressBoard progress;
    private final StopSignal stop;

    InputPull(ArtifactStore store, Path root, ProgressBoard progress, StopSignal stop) {
        this.store = store;
        this.root = root;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Reads the manifests, checks the space and pulls what the runner reads.
     *
     * @throws GraftException {@code DIGEST_MISMATCH} naming version and file, {@code DISK_SPACE}, {@code NOT_FOUND}
     */
    List<PulledInput> pull(List<AssignmentInput> inputs, JobRunner runner) throws IOException {
        List<PulledInput> pulled = new ArrayList<>();
        Map<String, Manifest> manifests = new LinkedHashMap<>();
        List<Wanted> wanted = new ArrayList<>();
        for (AssignmentInput input : inputs) {
            PulledInput each = new PulledInput(input, manifest(input), root.resolve(input.getRole()));
            pulled.add(each);
            manifests.put(input.getRole(), each.manifest());
            each.manifest().getFilesList().stream()
                    .filter(file -> runner.reads(input, file.getPath()))
                    .forEach(file -> wanted.add(new Wanted(each, file)));
        }
        long bytes = wanted.stream().mapToLong(file -> file.file().getSize()).sum();
        Map<String, Long> needs = new LinkedHashMap<>();
        needs.put("inputs", bytes);
        needs.put("output", runner.outputBytes(manifests));
        ScratchSpace.require(root, needs);
        progress.begin("pull", bytes);
        pullAll(wanted);
        return pulled;
    }

    private Manifest manifest(AssignmentInput input) {
        Manifest manifest = ArtifactCommit.read(store, input.getManifest());
        if (!manifest.getDigest().equals(input.getDigest())) {
            throw new GraftException(
                    ErrorCode.DIGEST_MISMATCH,
                    "The manifest of " + input.getVersion() + " has the digest " + manifest.getDigest()
                            + " and not the registered " + input.getDigest(),
                    Map.of("version", input.getVersion(), "file", ArtifactCommit.MANIFEST));
        }
        return manifest;
    }

    private void pullAll(List<Wanted> wanted) throws IOException {
        for (Wanted file : wanted) {
            Files.createDirectories(file.target().resolveSibling(""));
        }
        ExecutorService pullers = Executors.newFixedThreadPool(
                PARALLEL, Thread.ofPlatform().name("pull-", 0).daemon().factory());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Wanted file : wanted) {
                running.add(pullers.submit(() -> {
                    pull(file);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case IOException cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            pullers.shutdownNow();
        }
    }

    /** Bytes that were damaged on the way are fetched once more; bytes that lie damaged are not worth a third time. */
    private void pull(Wanted wanted) throws IOException {
        for (int tried = 1; ; tried++) {
            Content found = download(wanted);
            if (found.size() == wanted.file().getSize()
                    && found.sha256().equals(wanted.file().getSha256())) {
                return;
            }
            Files.delete(wanted.target());
            progress.advance(-found.size());
            if (tried == TRIES) {
                throw wanted.damaged(found);
            }
            LOG.warn("{} came damaged, it is fetched again", wanted.key());
        }
    }

    private Content download(Wanted wanted) throws IOException {
        MessageDigest digest = ContentDigest.sha256();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (InputStream in = open(wanted);
                OutputStream out = Files.newOutputStream(wanted.target())) {
            for (int n = in.read(buffer); n >= 0 && size <= wanted.file().getSize(); n = in.read(buffer)) {
                stop.check();
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
                size += n;
                progress.advance(n);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Content(size, HexFormat.of().formatHex(digest.digest()));
    }

    private InputStream open(Wanted wanted) {
        try {
            return store.open(wanted.key());
        } catch (GraftException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                throw new GraftException(
                        ErrorCode.NOT_FOUND,
                        "File " + wanted.file().getPath() + " of " + wanted.version()
                                + " is gone from the artifact store; register the version again",
                        Map.of(
                                "version",
                                wanted.version(),
                                "file",
                                wanted.file().getPath()));
            }
            throw e;
        }
    }

    private record Content(long size, String sha256) {}

    private record Wanted(PulledInput input, ArtifactFile file) {
        String key() {
            String manifest = input.input().getManifest();
            return manifest.substring(0, manifest.length() - ArtifactCommit.MANIFEST.length()) + file.getPath();
        }

        Path target() {
            return input.folder().resolve(ArtifactPath.check(file.getPath()));
        }

        String version() {
            return input.input().getVersion();
        }

        GraftException damaged(Content found) {
            return new GraftException(
                    ErrorCode.DIGEST_MISMATCH,
                    "File " + file.getPath() + " of " + version() + " is damaged in the artifact store: " + found.size()
                            + " bytes with SHA-256 " + found.sha256() + " instead of " + file.getSize() + " with "
                            + file.getSha256() + "; restore it, or register the version again",
                    Map.of("version", version(), "file", file.getPath()));
        }
    }
}
