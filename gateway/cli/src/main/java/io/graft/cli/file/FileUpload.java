package io.graft.cli.file;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Interruption;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Progress;
import io.graft.v1.ArtifactFile;
import io.graft.v1.CommitUploadRequest;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.GetModelVersionRequest;
import io.graft.v1.GetUploadRequest;
import io.graft.v1.PresignedFile;
import io.graft.v1.Upload;
import io.graft.v1.UploadState;
import io.graft.v1.VersionState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Makes a version of files. Repeating it after an interruption goes on where it stopped: the request id follows from
 * the content, so the service finds the first upload and asks only for the files that are missing.
 */
public final class FileUpload {
    private static final int THREADS = 3;

    /** Rounds of fresh URLs in which nothing arrived, before it gives up. */
    private static final int MAX_IDLE_ROUNDS = 3;

    /** The service reads every byte to verify it before it answers. */
    private static final long COMMIT_MINUTES = 60;

    private final Invocation invocation;
    private final Retries retries;

    public FileUpload(Invocation invocation) {
        this(invocation, Retries.DEFAULT);
    }

    FileUpload(Invocation invocation, Retries retries) {
        this.invocation = invocation;
        this.retries = retries;
    }

    /**
     * Uploads files and commits them.
     *
     * @param draft parent, kind and labels; a request id only when the caller chose one
     * @return the upload, committed; as the service validated it when the draft asks for that only
     */
    public Upload run(List<LocalFile> files, CreateUploadRequest draft) {
        try (Progress progress = invocation.progress();
                Interruption interruption = invocation.onInterrupt(
                        "Nothing of the version is visible. Run the same command again: it goes on"
                                + " with the files that are missing.")) {
            CreateUploadRequest request =
                    draft.toBuilder().addAllFiles(announce(files, progress)).build();
            if (request.getValidateOnly()) {
                return create(request);
            }
            Upload upload = begin(request);
            return upload.getState() == UploadState.UPLOAD_STATE_COMMITTED ? upload : send(upload, files, progress);
        }
    }

    private static List<ArtifactFile> announce(List<LocalFile> files, Progress progress) {
        ByteTally tally = new ByteTally(
                progress,
                "digest",
                files.stream()
                        .filter(file -> file.sha256().isEmpty())
                        .mapToLong(LocalFile::size)
                        .sum());
        int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
        return Parallel.map(
                files,
                threads,
                file -> () -> ArtifactFile.newBuilder()
                        .setPath(file.path())
                        .setSize(file.size())
                        .setSha256(file.sha256().isEmpty() ? Digests.of(file.file(), tally::add) : file.sha256())
                        .build());
    }

    private Upload begin(CreateUploadRequest request) {
        if (!request.getRequestId().isEmpty()) {
            return create(request);
        }
        String id = RequestIds.of("upload", request);
        Upload upload = create(request.toBuilder().setRequestId(id).build());
        for (int again = 2; isSpent(upload); again++) {
            upload = create(request.toBuilder().setRequestId(id + "-" + again).build());
        }
        return upload;
    }

    /** Whether an earlier upload of the content no longer leads to a version that can be used. */
    private boolean isSpent(Upload upload) {
        return switch (upload.getState()) {
            case UPLOAD_STATE_EXPIRED -> true;
            case UPLOAD_STATE_COMMITTED ->
                upload.getVersion().contains("/models/") && isQuarantined(upload.getVersion());
            case UPLOAD_STATE_OPEN, UPLOAD_STATE_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    private boolean isQuarantined(String version) {
        return invocation
                        .services()
                        .registry()
                        .getModelVersion(GetModelVersionRequest.newBuilder()
                                .setName(version)
                                .build())
                        .getState()
                == VersionState.VERSION_STATE_QUARANTINED;
    }

    private Upload create(CreateUploadRequest request) {
        return invocation.services().registry().createUpload(request);
    }

    private Upload send(Upload begun, List<LocalFile> files, Progress progress) {
        Map<String, LocalFile> byPath = new HashMap<>();
        files.forEach(file -> byPath.put(file.path(), file));
        GetUploadRequest ask =
                GetUploadRequest.newBuilder().setName(begun.getName()).build();
        try (PresignedHttp http = new PresignedHttp()) {
            int idle = 0;
            Upload upload = invocation.services().registry().getUpload(ask);
            while (upload.getTargetsCount() > 0) {
                List<PresignedFile> targets = upload.getTargetsList();
                long sent = round(http, targets, byPath, progress);
                idle = sent > 0 ? 0 : idle + 1;
                if (idle >= MAX_IDLE_ROUNDS) {
                    throw new CommandException(
                            ExitCode.UNAVAILABLE,
                            "UPLOAD_STALLED",
                            "The store does not take " + targets.getFirst().getPath() + ", again and again. Run the"
                                    + " command again with --verbose; what arrived is kept.");
                }
                upload = invocation.services().registry().getUpload(ask);
            }
            return commit(upload);
        }
    }

    /**
     * Sends every target; returns how many arrived. A URL that is refused or fails to the end only counts as not
     * arrived, because a store that refuses without reading the bytes may close the connection before its answer is
     * read: then a URL that has ended looks like a fault of the network, and only a fresh one helps.
     */
    private long round(
            PresignedHttp http, List<PresignedFile> targets, Map<String, LocalFile> byPath, Progress progress) {
        ByteTally tally = new ByteTally(
                progress,
                "upload",
                targets.stream().mapToLong(PresignedFile::getSize).sum());
        return Parallel.map(targets, THREADS, target -> () -> sendOne(http, target, byPath, tally)).stream()
                .filter(arrived -> arrived)
                .count();
    }

    private boolean sendOne(PresignedHttp http, PresignedFile target, Map<String, LocalFile> byPath, ByteTally tally)
            throws IOException {
        LocalFile local = byPath.get(target.getPath());
        if (local == null) {
            throw new IllegalStateException("The service asks for a file that was not announced: " + target.getPath());
        }
        try {
            return retries.run(() -> {
                long[] sent = {0};
                try {
                    http.put(target, local.file(), count -> {
                        sent[0] += count;
                        tally.add(count);
                    });
                    return true;
                } catch (IOException e) {
                    tally.add(-sent[0]);
                    throw e;
                }
            });
        } catch (FileNotFoundException lost) {
            throw lost;
        } catch (IOException e) {
            invocation.output().note("The store did not take " + target.getPath() + ": " + e.getMessage());
            return false;
        }
    }

    private Upload commit(Upload upload) {
        return invocation
                .services()
                .registry()
                .withDeadlineAfter(COMMIT_MINUTES, TimeUnit.MINUTES)
                .commitUpload(CommitUploadRequest.newBuilder()
                        .setName(upload.getName())
                        .build());
    }
}
