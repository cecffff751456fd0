package io.graft.it;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.Item;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks into the object store behind the platform's back. */
final class StoredObjects {
    private final MinioClient client;

    StoredObjects(GraftStack stack) {
        client = MinioClient.builder()
                .endpoint(stack.s3Endpoint())
                .credentials(stack.s3AccessKey(), stack.s3SecretKey())
                .region("us-east-1")
                .build();
    }

    /** An object's content; empty when there is none. */
    Optional<String> text(String key) {
        try (InputStream stream = client.getObject(
                GetObjectArgs.builder().bucket("graft").object(key).build())) {
            return Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (ErrorResponseException e) {
            if (e.errorResponse().code().equals("NoSuchKey")) {
                return Optional.empty();
            }
            throw new IllegalStateException(key, e);
        } catch (Exception e) {
            throw new IllegalStateException(key, e);
        }
    }

    /** Keys of everything that the job's attempts wrote as output. */
    List<String> outputsOf(String job) {
        List<String> keys = new ArrayList<>();
        ListObjectsArgs all = ListObjectsArgs.builder()
                .bucket("graft")
                .prefix(job + "/attempts/")
                .recursive(true)
                .build();
        for (Result<Item> item : client.listObjects(all)) {
            try {
                keys.add(item.get().objectName());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return keys.stream().filter(key -> key.contains("/outputs/")).toList();
    }
}
