package io.graft.cli.file;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Interruption;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Progress;
import io.graft.v1.CreateDownloadResponse;
import io.graft.v1.PresignedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Brings committed files to a folder, each verified; files that are there already are only verified. */
public final class VerifiedDownload {
    private static final int THREADS = 3;
    private static final int MAX_ROUNDS = 5;

    private final Invocation invocation;
    private final Retries retries;

    public VerifiedDownload(Invocation invocation) {
        this(invocation, Retries.DEFAULT);
    }

    VerifiedDownload(Invocation invocation, Retries retries) {
        this.invocation = invocation;
        this.retries = retries;
    }

    /**
     * Downloads.
     *
     * @param urls asks for the files' URLs, again when they have ended
     * @param overwrite whether a file of the same name and another content gives way
     * @return the files, each with what had to be done for it
     */
    public List<DownloadedFile> run(Supplier<CreateDownloadResponse> urls, Path folder, boolean overwrite) {
        try (Progress progress = invocation.progress();
                PresignedHttp http = new PresignedHttp();
                Interruption interruption = invocation.onInterrupt(
                        "Complete files are in place. Run the same command again: it goes on where it stopped.")) {
            for (int round = 1; ; round++) {
                List<PresignedFile> files = urls.get().getFilesList();
                try {
                    return fetch(files, folder, overwrite, http, progress);
                } catch (UncheckedIOException e) {
                    if (!(e.getCause() instanceof UrlRefusedException) || round == MAX_ROUNDS) {
                        throw e;
                    }
                    progress.note("A URL has ended; asking for fresh ones");
                }
            }
        }
    }

    private List<DownloadedFile> fetch(
            List<PresignedFile> files, Path folder, boolean overwrite, PresignedHttp http, Progress progress) {
        files.forEach(file -> target(folder, file));
        requireSpace(folder, files);
        ByteTally tally = new ByteTally(
                progress,
                "download",
                files.stream().mapToLong(PresignedFile::getSize).sum());
        return Parallel.map(files, THREADS, file -> () -> fetchOne(file, target(folder, file), overwrite, http, tally));
    }

    private DownloadedFile fetchOne(
            PresignedFile file, Path target, boolean overwrite, PresignedHttp http, ByteTally tally)
            throws IOException {
        if (Files.exists(target)) {
            if (Files.size(target) == file.getSize()
                    && Digests.of(target, bytes -> {}).equals(file.getSha256())) {
                tally.add(file.getSize());
                return new DownloadedFile(file, target, true);
            }
            if (!overwrite) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        "ALREADY_EXISTS",
                        target + " exists with another content; give another folder, or --overwrite");
            }
        }
        new FileDownload(file, target, tally).run(http, retries);
        return new DownloadedFile(file, target, false);
    }

    private static Path target(Path folder, PresignedFile file) {
        Path root = folder.toAbsolutePath().normalize();
        Path target = root.resolve(file.getPath()).normalize();
        if (!target.startsWith(root) || target.equals(root)) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "INVALID_REQUEST",
                    "There is a file that would be written outside of " + folder + ": " + file.getPath());
        }
        return target;
    }

    private static void requireSpace(Path folder, List<PresignedFile> files) {
        try {
            Files.createDirectories(folder);
            long missing = 0;
            for (PresignedFile file : files) {
                missing += Files.exists(target(folder, file)) ? 0 : file.getSize();
            }
            long free = Files.getFileStore(folder).getUsableSpace();
            if (missing > free) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        "DISK_SPACE",
                        "The download needs " + Figures.bytes(missing) + " and " + folder + " has "
                                + Figures.bytes(free) + " free");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
