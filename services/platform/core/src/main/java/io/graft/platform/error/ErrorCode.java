package io.graft.platform.error;

/**
 * Every reason for which Graft refuses or fails, the same in gRPC answers, job failures, events and the command line.
 * The constant's name is the {@code reason} of {@code google.rpc.ErrorInfo}; constants are never renamed.
 */
public enum ErrorCode {
    INVALID_REQUEST(Category.INVALID_ARGUMENT),
    INVALID_FILTER(Category.INVALID_ARGUMENT),
    INVALID_PAGE_TOKEN(Category.INVALID_ARGUMENT),
    UNKNOWN_FIELD(Category.INVALID_ARGUMENT),
    UNSUPPORTED_FILE(Category.INVALID_ARGUMENT),
    MALFORMED_SAFETENSORS(Category.INVALID_ARGUMENT),
    MALFORMED_MODEL(Category.INVALID_ARGUMENT),
    MISSING_SHARD(Category.INVALID_ARGUMENT),
    TENSOR_MISMATCH(Category.FAILED_PRECONDITION),
    ARCHITECTURE_MISMATCH(Category.FAILED_PRECONDITION),
    VOCABULARY_MISMATCH(Category.FAILED_PRECONDITION),
    ZERO_UPDATE(Category.FAILED_PRECONDITION),
    WRONG_ARTIFACT_KIND(Category.FAILED_PRECONDITION),
    NON_FINITE_WEIGHTS(Category.FAILED_PRECONDITION),
    UPLOAD_INCOMPLETE(Category.FAILED_PRECONDITION),
    VERSION_QUARANTINED(Category.FAILED_PRECONDITION),
    TOO_LATE_TO_CANCEL(Category.FAILED_PRECONDITION),
    JOB_ALREADY_ENDED(Category.FAILED_PRECONDITION),
    NOT_FOUND(Category.NOT_FOUND),
    ALREADY_EXISTS(Category.ALREADY_EXISTS),
    REQUEST_ID_REUSED(Category.ALREADY_EXISTS),
    ETAG_MISMATCH(Category.ABORTED),
    UNAUTHENTICATED(Category.UNAUTHENTICATED),
    PERMISSION_DENIED(Category.PERMISSION_DENIED),
    DIGEST_MISMATCH(Category.DATA_LOSS),
    DISK_SPACE(Category.RESOURCE_EXHAUSTED),
    WORKER_LOST(Category.UNAVAILABLE),
    STORAGE_UNAVAILABLE(Category.UNAVAILABLE),
    EVENTS_UNAVAILABLE(Category.UNAVAILABLE),
    DATABASE_UNAVAILABLE(Category.UNAVAILABLE),
    UNIMPLEMENTED(Category.UNIMPLEMENTED),
    INTERNAL(Category.INTERNAL);

    private final Category category;

    ErrorCode(Category category) {
        this.category = category;
    }

    public Category category() {
        return category;
    }

    /** The class of an error; each constant has the gRPC status code of the same name. */
    public enum Category {
        INVALID_ARGUMENT,
        FAILED_PRECONDITION,
        NOT_FOUND,
        ALREADY_EXISTS,
        ABORTED,
        UNAUTHENTICATED,
        PERMISSION_DENIED,
        DATA_LOSS,
        RESOURCE_EXHAUSTED,
        UNAVAILABLE,
        UNIMPLEMENTED,
        INTERNAL
    }
}
