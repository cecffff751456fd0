package io.graft.platform.minio;

import io.graft.platform.backoff.Backoff;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes requests, tries transient failures again, and turns the rest into reasons that callers know. Thread-safe. */
final class S3Requests {
    private static final Logger LOG = LoggerFactory.getLogger(S3Requests.class);

    private final String endpoint;
    private final Backoff backoff;

    S3Requests(String endpoint, Backoff backoff) {
        this.endpoint = endpoint;
        this.backoff = backoff;
    }

    /**
     * Makes a request until it answers.
     *
     * @param what the request in words, for messages, for example {@code put}
     * @throws S3Exception when the answer is a lasting refusal
     * @throws GraftException {@code STORAGE_UNAVAILABLE} when every try failed
     */
    <T> T send(String what, String key, Callable<CompletableFuture<T>> request) throws S3Exception {
        for (int tried = 1; ; tried++) {
            Throwable failure;
            try {
                return request.call().get();
            } catch (InterruptedException e) {
                throw interrupted(what, key, e);
            } catch (ExecutionException | CompletionException e) {
                failure = unwrap(e);
            } catch (Exception e) {
                failure = e;
            }
            S3Failure kind = S3Failure.of(failure);
            if (kind != S3Failure.TRANSIENT) {
                throw new S3Exception(kind, failure);
            }
            if (tried >= backoff.tries()) {
                throw unavailable(what, key, failure);
            }
            LOG.info("Storage: {} {} failed, try {} of {}: {}", what, key, tried, backoff.tries(), brief(failure));
            pause(backoff.after(tried), what, key);
        }
    }

    /** As {@link #send}, for requests that no store has a reason to refuse. */
    <T> T expect(String what, String key, Callable<CompletableFuture<T>> request) {
        try {
            return send(what, key, request);
        } catch (S3Exception e) {
            throw refused(what, key, e);
        }
    }

    /** The error for a refusal: {@code NOT_FOUND}, or {@code STORAGE_UNAVAILABLE} with the store's own words. */
    GraftException refused(String what, String key, S3Exception refusal) {
        if (refusal.kind() == S3Failure.ABSENT) {
            return new GraftException(
                    ErrorCode.NOT_FOUND, "There is no object " + key + " in the artifact store", Map.of("key", key));
        }
        return new GraftException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "The artifact store at " + endpoint + " refused to " + what + " " + key + " ("
                        + brief(refusal.failure()) + "); check its address, bucket and credentials",
                refusal.failure());
    }

    GraftException unavailable(String what, String key, Throwable failure) {
        return new GraftException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "The artifact store at " + endpoint + " did not " + what + " " + key + " in " + backoff.tries()
                        + " tries (" + brief(failure) + "); see that it runs and can be reached",
                failure);
    }

    /** Waits between two tries. */
    void pause(Duration wait, String what, String key) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            throw interrupted(what, key, e);
        }
    }

    Backoff backoff() {
        return backoff;
    }

    private static GraftException interrupted(String what, String key, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new GraftException(ErrorCode.STORAGE_UNAVAILABLE, "Interrupted while waiting to " + what + " " + key, e);
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof ExecutionException || failure instanceof CompletionException;
        return wrapper && cause != null ? unwrap(cause) : failure;
    }

    private static String brief(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
