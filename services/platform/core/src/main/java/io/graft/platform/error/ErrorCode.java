package io.graft.platform.error;

/**
 * Every reason for which Graft refuses or fails, the same in gRPC answers, job failures, events and the command line.
 * The constant's name is the {@code reason} of {@code google.rpc.ErrorInfo}; constants are never renamed.
 */
public enum ErrorCode {
    /** Fields are missing or out of range; every one is named with its cure. */
    INVALID_REQUEST(Category.INVALID_ARGUMENT),
    /** The filter does not parse, or names a field that the call does not filter by. */
    INVALID_FILTER(Category.INVALID_ARGUMENT),
    /** The page token is not from this call, or came with another filter; begin again without it. */
    INVALID_PAGE_TOKEN(Category.INVALID_ARGUMENT),
    /** A key is not known; it is refused rather than ignored. Check its spelling. */
    UNKNOWN_FIELD(Category.INVALID_ARGUMENT),
    /** The file is of a kind that is never taken, such as a pickle; convert it to safetensors. */
    UNSUPPORTED_FILE(Category.INVALID_ARGUMENT),
    /** A safetensors file is truncated, or its header lies. */
    MALFORMED_SAFETENSORS(Category.INVALID_ARGUMENT),
    /** A file beside the weights, such as config.json, can not be read or contradicts them. */
    MALFORMED_MODEL(Category.INVALID_ARGUMENT),
    /** A file of rows can not be read or learnt from, or its rows contradict each other; file, row and column are named. */
    MALFORMED_DATASET(Category.INVALID_ARGUMENT),
    /** The index names a shard that is not there. */
    MISSING_SHARD(Category.INVALID_ARGUMENT),
    /** The document of a pipeline is wrong; every problem is named with its line. */
    INVALID_PIPELINE(Category.INVALID_ARGUMENT),
    /** Names or shapes of tensors differ between the versions; the tensor and both shapes are named. */
    TENSOR_MISMATCH(Category.FAILED_PRECONDITION),
    /** The networks differ; the key and both values are named. */
    ARCHITECTURE_MISMATCH(Category.FAILED_PRECONDITION),
    /** The vocabularies differ; choose a vocabulary policy that says what to do. */
    VOCABULARY_MISMATCH(Category.FAILED_PRECONDITION),
    /** The adapter was trained on another base, or its tensors do not fit it; name the base that it was trained on. */
    ADAPTER_MISMATCH(Category.FAILED_PRECONDITION),
    /** The two versions of the source are equal: there is nothing to graft. */
    ZERO_UPDATE(Category.FAILED_PRECONDITION),
    /** A version holds something else than the call needs, for example a diff vector instead of whole weights. */
    WRONG_ARTIFACT_KIND(Category.FAILED_PRECONDITION),
    /** A tensor holds NaN or infinity; it is named. */
    NON_FINITE_WEIGHTS(Category.FAILED_PRECONDITION),
    /** A model scores a row with NaN or infinity; the version and the row are named. */
    NON_FINITE_SCORES(Category.FAILED_PRECONDITION),
    /** The scores of two versions do not mean the same, for example as their tokenizers cut texts in other pieces. */
    NOT_COMPARABLE(Category.FAILED_PRECONDITION),
    /** Files that were announced are absent or of another size; upload them and commit again. */
    UPLOAD_INCOMPLETE(Category.FAILED_PRECONDITION),
    /** The stored bytes of a version differ from its digests; it is never used as an input. */
    VERSION_QUARANTINED(Category.FAILED_PRECONDITION),
    /** The output of the job is committed and being registered. */
    TOO_LATE_TO_CANCEL(Category.FAILED_PRECONDITION),
    /** The output of the job is committed and being registered; there is no work left to pause. */
    TOO_LATE_TO_PAUSE(Category.FAILED_PRECONDITION),
    /** The job is not paused yet, or has all its work behind it; wait, then look at its state again. */
    JOB_NOT_PAUSED(Category.FAILED_PRECONDITION),
    /** The job is in a terminal state, which is never left. */
    JOB_ALREADY_ENDED(Category.FAILED_PRECONDITION),
    /** The step of the run waits for nobody's decision; look at the run again. */
    STEP_NOT_WAITING(Category.FAILED_PRECONDITION),
    /** The run is in a terminal state, which is never left. */
    RUN_ALREADY_ENDED(Category.FAILED_PRECONDITION),
    /** The job has not succeeded, or made a version that tells about itself; download that. */
    NO_REPORT(Category.FAILED_PRECONDITION),
    /** There is nothing of that name. */
    NOT_FOUND(Category.NOT_FOUND),
    /** There is something of that name already. */
    ALREADY_EXISTS(Category.ALREADY_EXISTS),
    /** The request id came before with another payload; take a new one. */
    REQUEST_ID_REUSED(Category.ALREADY_EXISTS),
    /** It has changed since it was read; read it again. */
    ETAG_MISMATCH(Category.ABORTED),
    /** There is no token, or it is malformed, expired or signed by somebody else. */
    UNAUTHENTICATED(Category.UNAUTHENTICATED),
    /** The token does not reach this tenant. */
    PERMISSION_DENIED(Category.PERMISSION_DENIED),
    /** Stored bytes differ from their digest. */
    DIGEST_MISMATCH(Category.DATA_LOSS),
    /** There is not enough scratch space for the job. */
    DISK_SPACE(Category.RESOURCE_EXHAUSTED),
    /** A number of the training became NaN or infinite; lower the learning rate, or warm it up for longer. */
    DIVERGED(Category.ABORTED),
    /** The worker ran out of memory; give workers more with {@code graft.worker.memory}. */
    OUT_OF_MEMORY(Category.RESOURCE_EXHAUSTED),
    /** The worker is gone without a word; another attempt follows. */
    WORKER_LOST(Category.UNAVAILABLE),
    /** The artifact store does not answer. */
    STORAGE_UNAVAILABLE(Category.UNAVAILABLE),
    /** Kafka does not answer. */
    EVENTS_UNAVAILABLE(Category.UNAVAILABLE),
    /** PostgreSQL does not answer. */
    DATABASE_UNAVAILABLE(Category.UNAVAILABLE),
    /** The registry does not answer. */
    REGISTRY_UNAVAILABLE(Category.UNAVAILABLE),
    /** Another service does not answer. */
    SERVICE_UNAVAILABLE(Category.UNAVAILABLE),
    /** The stream ended early; watch again from the last sequence seen. */
    STREAM_INTERRUPTED(Category.UNAVAILABLE),
    /** This release does not do that. */
    UNIMPLEMENTED(Category.UNIMPLEMENTED),
    /** A fault of ours; the log has the details under the request id. */
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
