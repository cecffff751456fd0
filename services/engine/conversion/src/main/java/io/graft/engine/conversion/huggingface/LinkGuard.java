package io.graft.engine.conversion.huggingface;

import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Decides which symbolic links of a model folder may be followed: those that stay inside it and, in a Hugging Face cache
 * ({@code models--x--y/snapshots/<revision>}), those into {@code models--x--y/blobs}.
 */
record LinkGuard(Path folder, @Nullable Path blobs) {
    static LinkGuard of(Path folder) throws IOException {
        Path real = folder.toRealPath();
        Path snapshots = real.getParent();
        Path repository = snapshots == null ? null : snapshots.getParent();
        if (snapshots == null || repository == null || !snapshots.endsWith("snapshots")) {
            return new LinkGuard(real, null);
        }
        return new LinkGuard(real, repository.resolve("blobs"));
    }

    void check(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw refused(file, "is a link to nothing");
        }
        Path real = file.toRealPath();
        boolean inside = real.startsWith(folder) || (blobs != null && blobs.equals(real.getParent()));
        if (!inside) {
            throw refused(file, "is a link out of the folder");
        }
        if (!Files.isRegularFile(real)) {
            throw refused(file, "is not a regular file");
        }
    }

    private static ImportException refused(Path file, String what) {
        return new ImportException(
                ImportProblem.LINK_ESCAPES, file.toString(), what, "Replace the link by the file it should be");
    }
}
