package io.graft.engine.worker;

import io.graft.engine.safetensors.digest.Sha256;
import io.graft.engine.weights.pipeline.WrittenFile;
import io.graft.platform.artifact.ContentDigest;
import io.graft.v1.ArtifactFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A version being put together: its files and their digests. Not thread-safe. */
public final class OutputFolder {
    private final Path folder;
    private final List<ArtifactFile> files = new ArrayList<>();

    /** An empty folder, to be filled. */
    public OutputFolder(Path folder) {
        this.folder = folder;
    }

    /** Takes in what the engine wrote here. */
    public void written(List<WrittenFile> written) {
        for (WrittenFile file : written) {
            add(folder.relativize(file.path()).toString(), file.size(), file.sha256());
        }
    }

    /** Writes a text. */
    public void write(String path, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Path target = folder.resolve(path);
        Files.createDirectories(target.resolveSibling(""));
        Files.write(target, bytes);
        add(path, bytes.length, ContentDigest.sha256(bytes));
    }

    /**
     * Copies files of an input.
     *
     * @return whether there were any
     */
    public boolean copy(PulledInput input, Predicate<String> wanted) throws IOException {
        boolean any = false;
        for (ArtifactFile file : input.manifest().getFilesList()) {
            if (wanted.test(file.getPath())) {
                Path target = folder.resolve(file.getPath());
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(input.folder().resolve(file.getPath()), target);
                files.add(file);
                any = true;
            }
        }
        return any;
    }

    /** Takes in files that lie here already. */
    public void add(List<Path> made) throws IOException {
        for (Path path : made) {
            add(folder.relativize(path).toString(), Files.size(path), Sha256.ofFile(path));
        }
    }

    /** Everything so far, to be committed. */
    public List<ArtifactFile> files() {
        return List.copyOf(files);
    }

    private void add(String path, long size, String sha256) {
        files.add(ArtifactFile.newBuilder()
                .setPath(path)
                .setSize(size)
                .setSha256(sha256)
                .build());
    }
}
