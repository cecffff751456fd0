package io.graft.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How calls fail. */
final class Failure {
    private Failure() {}

    /** @return the details */
    static List<Any> check(Status.Code code, String reason, ThrowingCallable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).as(reason).isNotNull();
        assertThat(failure.getStatus().getCode()).as(failure.toString()).isEqualTo(code);
        List<Any> details = details(failure);
        try {
            ErrorInfo info = detail(details, ErrorInfo.class);
            assertThat(info.getReason()).isEqualTo(reason);
            assertThat(info.getDomain()).isEqualTo("graft");
            assertThat(info.getMetadataMap()).containsKey("request_id");
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
        return details;
    }

    static List<Any> details(StatusRuntimeException failure) {
        return Objects.requireNonNull(StatusProto.fromThrowable(failure)).getDetailsList();
    }

    static <T extends Message> T detail(List<Any> details, Class<T> type) throws InvalidProtocolBufferException {
        for (Any detail : details) {
            if (detail.is(type)) {
                return detail.unpack(type);
            }
        }
        throw new AssertionError("No " + type.getSimpleName() + " in " + details);
    }
}
