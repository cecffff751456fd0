package io.graft.platform.minio;

import io.graft.platform.error.GraftException;
import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.HeadObjectArgs;
import io.minio.MinioAsyncClient;
import io.minio.UploadPartArgs;
import io.minio.messages.Part;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends one large file in parts, one after another, each read from the file as it is sent: memory does not grow with the
 * file. A part that fails is sent again; an upload that fails is aborted.
 */
final class MultipartUpload {
    private final MinioAsyncClient client;
    private final S3Requests requests;
    private final String bucket;
    private final String key;

    MultipartUpload(MinioAsyncClient client, S3Requests requests, String bucket, String key) {
        this.client = client;
        this.requests = requests;
        this.bucket = bucket;
        this.key = key;
    }

    void send(RandomAccessFile file, long partBytes) throws IOException {
        String uploadId = requests.expect(
                        "begin upload of",
                        key,
                        () -> client.createMultipartUpload(CreateMultipartUploadArgs.builder()
                                .bucket(bucket)
                                .object(key)
                                .build()))
                .result()
                .uploadId();
        try {
            complete(uploadId, sendParts(file, partBytes, uploadId), file.length());
        } catch (IOException | RuntimeException e) {
            abort(uploadId, e);
            throw e;
        }
    }

    private Part[] sendParts(RandomAccessFile file, long partBytes, String uploadId) throws IOException {
        long size = file.length();
        List<Part> parts = new ArrayList<>();
        for (long offset = 0; offset < size; offset += partBytes) {
            FileSlice slice = FileSlice.of(file, offset, Math.min(partBytes, size - offset));
            int number = parts.size() + 1;
            String etag = requests.expect(
                            "put part " + number + " of",
                            key,
                            () -> client.uploadPart(UploadPartArgs.builder()
                                    .bucket(bucket)
                                    .object(key)
                                    .uploadId(uploadId)
                                    .partNumber(number)
                                    .file(slice.rewound(), slice.length())
                                    .headers(slice.checksum())
                                    .build()))
                    .part()
                    .etag();
            parts.add(new Part(number, etag));
        }
        return parts.toArray(Part[]::new);
    }

    private void complete(String uploadId, Part[] parts, long size) {
        try {
            requests.send(
                    "complete upload of",
                    key,
                    () -> client.completeMultipartUpload(CompleteMultipartUploadArgs.builder()
                            .bucket(bucket)
                            .object(key)
                            .uploadId(uploadId)
                            .parts(parts)
                            .build()));
        } catch (S3Exception e) {
            // A try whose answer was lost may have completed it: then the upload is gone and the object is there.
            if (e.kind() != S3Failure.ABSENT || storedSize() != size) {
                throw requests.refused("complete upload of", key, e);
            }
        }
    }

    private long storedSize() {
        return requests.expect(
                        "stat",
                        key,
                        () -> client.headObject(HeadObjectArgs.builder()
                                .bucket(bucket)
                                .object(key)
                                .build()))
                .size();
    }

    private void abort(String uploadId, Exception reason) {
        // An interrupt that ended the upload must not end the tidying up after it.
        boolean interrupted = Thread.interrupted();
        try {
            requests.expect(
                    "abort upload of",
                    key,
                    () -> client.abortMultipartUpload(AbortMultipartUploadArgs.builder()
                            .bucket(bucket)
                            .object(key)
                            .uploadId(uploadId)
                            .build()));
        } catch (GraftException e) {
            reason.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
