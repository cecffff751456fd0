package io.graft.engine.worker;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.Assignment;

/** Unpacks the specification that an assignment carries. */
public final class JobSpec {
    private JobSpec() {}

    /**
     * The specification.
     *
     * @throws GraftException {@code INTERNAL} when it is of another type
     */
    public static <M extends Message> M of(Assignment assignment, Class<M> type) {
        try {
            return assignment.getSpec().unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new GraftException(
                    ErrorCode.INTERNAL, "The assignment's specification is no " + type.getSimpleName(), e);
        }
    }
}
