package io.graft.gateway.route;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.graft.v1.Job;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import java.util.List;

/** Services that are made up for a test, with messages of the API, as a later release could bring them. */
public final class TestApi {
    private TestApi() {}

    /** One RPC as the annotation has it; {@code input} is a message such as {@code graft.v1.Job}. */
    public static ServiceDescriptor service(String input, boolean clientStreams, HttpRule... rules) {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName("test.proto")
                .setPackage("graft.test")
                .setSyntax("proto3")
                .addDependency("graft/v1/job.proto");
        ServiceDescriptorProto.Builder service = file.addServiceBuilder().setName("TestService");
        for (HttpRule rule : rules) {
            service.addMethod(MethodDescriptorProto.newBuilder()
                    .setName("Call" + service.getMethodCount())
                    .setInputType("." + input)
                    .setOutputType(".graft.v1.Job")
                    .setClientStreaming(clientStreams)
                    .setOptions(MethodOptions.newBuilder().setExtension(AnnotationsProto.http, rule)));
        }
        try {
            FileDescriptor built = FileDescriptor.buildFrom(
                    file.build(), new FileDescriptor[] {Job.getDescriptor().getFile()});
            return grpc(built.getServices().getFirst());
        } catch (DescriptorValidationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The only binding of an RPC with this rule. */
    public static Binding binding(String input, HttpRule rule) {
        return RouteTable.of(List.of(service(input, false, rule))).bindings().getFirst();
    }

    private static ServiceDescriptor grpc(com.google.protobuf.Descriptors.ServiceDescriptor service) {
        ServiceDescriptor.Builder grpc = ServiceDescriptor.newBuilder(service.getFullName());
        service.getMethods()
                .forEach(method -> grpc.addMethod(MethodDescriptor.newBuilder(
                                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())),
                                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(
                                MethodDescriptor.generateFullMethodName(service.getFullName(), method.getName()))
                        .setSchemaDescriptor(new Supplier(method))
                        .build()));
        return grpc.build();
    }

    private record Supplier(com.google.protobuf.Descriptors.MethodDescriptor method)
            implements ProtoMethodDescriptorSupplier {
        @Override
        public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
            return method;
        }

        @Override
        public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
            return method.getService();
        }

        @Override
        public FileDescriptor getFileDescriptor() {
            return method.getFile();
        }
    }
}
