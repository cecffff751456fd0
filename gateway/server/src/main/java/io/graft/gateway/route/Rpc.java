package io.graft.gateway.route;

import com.google.protobuf.Descriptors;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;

/**
 * One method of a service.
 *
 * @param grpc how it is called
 * @param schema what it takes and returns
 * @param request an empty request
 */
public record Rpc(MethodDescriptor<Message, Message> grpc, Descriptors.MethodDescriptor schema, Message request) {

    /** @throws IllegalStateException when the method was not generated from a proto file */
    static Rpc of(MethodDescriptor<?, ?> method) {
        if (!(method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier)
                || !(method.getRequestMarshaller() instanceof MethodDescriptor.PrototypeMarshaller<?> marshaller)
                || !(marshaller.getMessagePrototype() instanceof Message prototype)) {
            throw new IllegalStateException(method.getFullMethodName() + " was not generated from a proto file");
        }
        // Generated methods carry protobuf messages in both directions, as was just checked.
        @SuppressWarnings("unchecked")
        MethodDescriptor<Message, Message> typed = (MethodDescriptor<Message, Message>) method;
        return new Rpc(typed, supplier.getMethodDescriptor(), prototype);
    }

    /** Whether the answer is a stream of events. */
    public boolean streams() {
        return schema.isServerStreaming();
    }
}
