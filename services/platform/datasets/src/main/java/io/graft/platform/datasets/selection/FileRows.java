package io.graft.platform.datasets.selection;

import io.graft.platform.datasets.row.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rows of one source file, being written. */
interface FileRows {
    /** Path of the source file in its data set. */
    String source();

    void add(Row row) throws IOException;

    /** Closes what was written. */
    List<Path> finish() throws IOException;

    /** Where a path of the data set lies below a folder; its folders are made. */
    static Path target(Path folder, String path) throws IOException {
        Path target = folder.resolve(path);
        Files.createDirectories(target.resolveSibling(""));
        return target;
    }

    /** A path without the ending of a packed file. */
    static String unpacked(String path) {
        return path.endsWith(".gz") ? path.substring(0, path.length() - 3) : path;
    }
}
