package io.graft.platform.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import java.util.ArrayList;
import java.util.List;

/** Finds the fields of a message that its descriptor does not have. */
final class UnknownFields {
    private UnknownFields() {}

    /** @throws GraftException {@code UNKNOWN_FIELD} naming all of them by path and number */
    static void refuse(Message message) {
        List<FieldViolation> found = new ArrayList<>();
        collect(message, "", found);
        if (!found.isEmpty()) {
            throw GraftException.invalid(ErrorCode.UNKNOWN_FIELD, found);
        }
    }

    private static void collect(Message message, String path, List<FieldViolation> found) {
        for (int number : message.getUnknownFields().asMap().keySet()) {
            found.add(new FieldViolation(
                    path + "#" + number,
                    message.getDescriptorForType().getFullName() + " has no field of number " + number
                            + " in this release; leave it out"));
        }
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                collectField(field, value, path + field.getName(), found);
            }
        });
    }

    private static void collectField(FieldDescriptor field, Object value, String path, List<FieldViolation> found) {
        if (!field.isRepeated()) {
            collect((Message) value, path + ".", found);
            return;
        }
        List<?> elements = (List<?>) value;
        for (int i = 0; i < elements.size(); i++) {
            collect((Message) elements.get(i), path + "[" + i + "].", found);
        }
    }
}
