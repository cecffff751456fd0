package io.graft.platform.minio;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.ServerException;
import io.minio.errors.XmlParserException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a failed request means for the caller. */
enum S3Failure {
    /** It may work a moment later. */
    TRANSIENT,
    /** There is no such object, bucket or upload. */
    ABSENT,
    /** The condition of a conditional request did not hold. */
    PRECONDITION,
    /** The bucket is there already. */
    EXISTS,
    /** The store answered and will answer the same again. */
    REFUSED;

    private static final Set<String> TRANSIENT_CODES = Set.of(
            "InternalError",
            "OperationAborted",
            "RequestTimeout",
            "ServiceUnavailable",
            "SlowDown",
            "SlowDownRead",
            "SlowDownWrite",
            "Throttling",
            "XMinioServerNotInitialized");
    private static final Set<String> ABSENT_CODES = Set.of("NoSuchKey", "NoSuchBucket", "NoSuchUpload", "NotFound");
    private static final Set<String> EXISTS_CODES = Set.of("BucketAlreadyOwnedByYou", "BucketAlreadyExists");
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    static S3Failure of(Throwable failure) {
        return switch (failure) {
            case ErrorResponseException e ->
                ofCode(e.errorResponse().code(), e.response().code());
            case ServerException e -> ofStatus(e.statusCode());
            case InvalidResponseException e -> TRANSIENT;
            case XmlParserException e -> TRANSIENT;
            case IOException e -> TRANSIENT;
            default -> causedByNetwork(failure.getCause()) ? TRANSIENT : REFUSED;
        };
    }

    private static S3Failure ofCode(String code, int status) {
        if (TRANSIENT_CODES.contains(code)) {
            return TRANSIENT;
        }
        if (ABSENT_CODES.contains(code)) {
            return ABSENT;
        }
        if (EXISTS_CODES.contains(code)) {
            return EXISTS;
        }
        if (code.equals("PreconditionFailed")) {
            return PRECONDITION;
        }
        return ofStatus(status);
    }

    private static S3Failure ofStatus(int status) {
        if (status == PRECONDITION_FAILED) {
            return PRECONDITION;
        }
        return status >= SERVER_ERROR || status == TOO_MANY_REQUESTS || status == CONFLICT ? TRANSIENT : REFUSED;
    }

    private static boolean causedByNetwork(@Nullable Throwable cause) {
        return cause instanceof IOException;
    }
}
