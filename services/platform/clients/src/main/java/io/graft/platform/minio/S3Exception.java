package io.graft.platform.minio;

/** A lasting refusal of the store, for this package to decide on. */
final class S3Exception extends Exception {
    private static final long serialVersionUID = 1L;

    private final S3Failure kind;
    private final Throwable failure;

    S3Exception(S3Failure kind, Throwable failure) {
        super(failure);
        this.kind = kind;
        this.failure = failure;
    }

    S3Failure kind() {
        return kind;
    }

    Throwable failure() {
        return failure;
    }
}
