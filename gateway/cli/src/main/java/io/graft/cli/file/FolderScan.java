package io.graft.cli.file;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Lists what a folder holds for upload. Hidden files and folders are passed over; a pickle is refused before it is read. */
public final class FolderScan {
    private static final List<String> PICKLES = List.of(".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle");

    private FolderScan() {}

    /**
     * Files below the folder, by path.
     *
     * @param exclude globs over the path inside the folder
     */
    public static List<LocalFile> scan(Path folder, List<String> exclude) {
        if (!Files.isDirectory(folder)) {
            throw CommandException.usage("There is no folder " + folder);
        }
        List<PathMatcher> excluded = exclude.stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
        try (Stream<Path> found = Files.walk(folder)) {
            List<LocalFile> files = found.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .filter(path -> !isHidden(path))
                    .filter(path -> excluded.stream().noneMatch(glob -> glob.matches(path)))
                    .map(path -> local(folder, path))
                    .sorted(Comparator.comparing(LocalFile::path))
                    .toList();
            return check(folder, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<LocalFile> check(Path folder, List<LocalFile> files) {
        if (files.isEmpty()) {
            throw CommandException.usage("Folder " + folder + " has no files to upload");
        }
        List<String> pickles = files.stream()
                .map(LocalFile::path)
                .filter(path -> PICKLES.stream().anyMatch(path.toLowerCase(Locale.ROOT)::endsWith))
                .toList();
        if (!pickles.isEmpty()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "UNSUPPORTED_FILE",
                    "Pickle files may run code when they are loaded and are never taken: " + String.join(", ", pickles)
                            + ". Convert them to safetensors, or leave them out with --exclude.");
        }
        return files;
    }

    private static boolean isHidden(Path path) {
        for (Path part : path) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static LocalFile local(Path folder, Path path) {
        try {
            Path file = folder.resolve(path);
            return new LocalFile(path.toString().replace('\\', '/'), file, Files.size(file), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
