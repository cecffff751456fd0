package io.graft.platform.minio;

import io.graft.platform.artifact.StoredObject;
import io.minio.AbortMultipartUploadArgs;
import io.minio.ListMultipartUploadsArgs;
import io.minio.ListObjectsV2Args;
import io.minio.MinioAsyncClient;
import io.minio.messages.ListBucketResultV2;
import io.minio.messages.ListMultipartUploadsResult;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Walks over objects, and over uploads that were never completed, a page at a time. */
final class ObjectListing {
    private final MinioAsyncClient client;
    private final S3Requests requests;
    private final String bucket;
    private final int pageKeys;

    ObjectListing(MinioAsyncClient client, S3Requests requests, String bucket, int pageKeys) {
        this.client = client;
        this.requests = requests;
        this.bucket = bucket;
        this.pageKeys = pageKeys;
    }

    /** Objects under a prefix, by key; pages are asked for as the stream gets to them. */
    Stream<StoredObject> objects(String prefix) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Pages(prefix), Spliterator.ORDERED), false)
                .flatMap(page -> page.contents().stream())
                .map(item -> new StoredObject(item.objectName(), item.size()));
    }

    private ListBucketResultV2 page(String prefix, @Nullable String token) {
        ListObjectsV2Args.Builder args =
                ListObjectsV2Args.builder().bucket(bucket).prefix(prefix).maxKeys(pageKeys);
        ListObjectsV2Args request =
                token == null ? args.build() : args.continuationToken(token).build();
        return requests.expect("list", prefix, () -> client.listObjectsV2(request))
                .result();
    }

    /** Aborts every unfinished upload whose key begins with {@code prefix}. */
    void abortUploads(String prefix) {
        ListMultipartUploadsResult page = uploads(prefix, null);
        abortAll(page);
        while (page.isTruncated()) {
            page = uploads(prefix, page);
            abortAll(page);
        }
    }

    private void abortAll(ListMultipartUploadsResult page) {
        page.uploads().forEach(upload -> abort(upload.objectName(), upload.uploadId()));
    }

    private ListMultipartUploadsResult uploads(String prefix, @Nullable ListMultipartUploadsResult after) {
        ListMultipartUploadsArgs.Builder args =
                ListMultipartUploadsArgs.builder().bucket(bucket).prefix(prefix).maxUploads(pageKeys);
        ListMultipartUploadsArgs request = after == null
                ? args.build()
                : args.keyMarker(after.nextKeyMarker())
                        .uploadIdMarker(after.nextUploadIdMarker())
                        .build();
        return requests.expect("list uploads under", prefix, () -> client.listMultipartUploads(request))
                .result();
    }

    private void abort(String key, String uploadId) {
        AbortMultipartUploadArgs request = AbortMultipartUploadArgs.builder()
                .bucket(bucket)
                .object(key)
                .uploadId(uploadId)
                .build();
        try {
            requests.send("abort upload of", key, () -> client.abortMultipartUpload(request));
        } catch (S3Exception e) {
            if (e.kind() != S3Failure.ABSENT) {
                throw requests.refused("abort upload of", key, e);
            }
        }
    }

    private final class Pages implements Iterator<ListBucketResultV2> {
        private final String prefix;
        private @Nullable String token;
        private boolean more = true;

        Pages(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public boolean hasNext() {
            return more;
        }

        @Override
        public ListBucketResultV2 next() {
            if (!more) {
                throw new NoSuchElementException();
            }
            ListBucketResultV2 page = page(prefix, token);
            token = page.nextContinuationToken();
            more = page.isTruncated();
            return page;
        }
    }
}
