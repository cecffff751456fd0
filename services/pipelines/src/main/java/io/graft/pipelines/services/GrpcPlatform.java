package io.graft.pipelines.services;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import com.google.protobuf.util.JsonFormat;
import io.graft.pipelines.domain.JobKind;
import io.graft.pipelines.domain.Platform;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.platform.remote.RemoteFailure;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.Alias;
import io.graft.v1.CancelJobRequest;
import io.graft.v1.DerivedVersion;
import io.graft.v1.GetAliasRequest;
import io.graft.v1.GetJobRequest;
import io.graft.v1.Job;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobServiceGrpc.JobServiceBlockingStub;
import io.graft.v1.ListJobsRequest;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.RegistryServiceGrpc.RegistryServiceBlockingStub;
import io.graft.v1.SetAliasRequest;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Calls the services with the token of the pipelines; each call is tried again while a service is UNAVAILABLE. Thread-safe. */
public final class GrpcPlatform implements Platform, AutoCloseable {
    private static final RemoteFailure FAILURE = new RemoteFailure("The service", ErrorCode.SERVICE_UNAVAILABLE);
    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of(TraceContext.HEADER, Metadata.ASCII_STRING_MARSHALLER);

    private final ServiceChannels channels;
    private final ServiceToken token;

    /** @param channels closed with this */
    public GrpcPlatform(ServiceChannels channels) {
        this.channels = channels;
        this.token = new ServiceToken(channels.tokenFile());
    }

    @Override
    public Job submit(Submission submission) {
        MethodDescriptor method = submission.kind().submit();
        Message request = request(submission);
        Metadata headers = new Metadata();
        headers.put(TRACEPARENT, submission.traceparent());
        return answer(() -> {
            Message answer = ClientCalls.blockingUnaryCall(
                    ClientInterceptors.intercept(
                            channels.of(submission.kind()), MetadataUtils.newAttachHeadersInterceptor(headers)),
                    rpc(method),
                    options(),
                    request);
            return (Job) answer;
        });
    }

    @Override
    public Job job(JobKind kind, String name) {
        return answer(
                () -> jobs(kind).getJob(GetJobRequest.newBuilder().setName(name).build()));
    }

    @Override
    public Optional<Job> find(JobKind kind, String tenant, Map<String, String> labels) {
        String filter = new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> "labels." + label.getKey() + " = \"" + label.getValue() + "\"")
                        .collect(Collectors.joining(" AND "));
        ListJobsRequest request = ListJobsRequest.newBuilder()
                .setParent("tenants/" + tenant)
                .setFilter(filter)
                .setPageSize(1)
                .build();
        return answer(() -> jobs(kind).listJobs(request).getJobsList().stream().findFirst());
    }

    @Override
    public Job cancel(JobKind kind, String name) {
        try {
            return answer(() -> jobs(kind)
                    .cancelJob(CancelJobRequest.newBuilder().setName(name).build()));
        } catch (GraftException e) {
            if (e.code() == ErrorCode.TOO_LATE_TO_CANCEL || e.code() == ErrorCode.JOB_ALREADY_ENDED) {
                return job(kind, name);
            }
            throw e;
        }
    }

    @Override
    public Optional<Alias> alias(String name) {
        try {
            return Optional.of(answer(() -> registry()
                    .getAlias(GetAliasRequest.newBuilder().setName(name).build())));
        } catch (GraftException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Alias move(String name, String version, String etag) {
        Optional<Alias> before = alias(name);
        if (before.isPresent() && before.get().getVersion().equals(version)) {
            return before.get();
        }
        if (etag.isEmpty() && before.isPresent()) {
            throw new GraftException(
                    ErrorCode.ETAG_MISMATCH,
                    name + " was set meanwhile; run the pipeline again",
                    Map.of("alias", name));
        }
        Alias wanted = Alias.newBuilder()
                .setName(name)
                .setVersion(version)
                .setEtag(etag)
                .build();
        return answer(() -> registry()
                .setAlias(SetAliasRequest.newBuilder().setAlias(wanted).build()));
    }

    @Override
    public List<DerivedVersion> derived(String version) {
        return answer(() -> new DerivedVersions(registry()).of(version));
    }

    @Override
    public void close() {
        channels.close();
    }

    private RegistryServiceBlockingStub registry() {
        return RegistryServiceGrpc.newBlockingStub(channels.registry())
                .withCallCredentials(token)
                .withDeadlineAfter(channels.deadline().toMillis(), TimeUnit.MILLISECONDS);
    }

    private JobServiceBlockingStub jobs(JobKind kind) {
        return JobServiceGrpc.newBlockingStub(channels.of(kind))
                .withCallCredentials(token)
                .withDeadlineAfter(channels.deadline().toMillis(), TimeUnit.MILLISECONDS);
    }

    private CallOptions options() {
        return CallOptions.DEFAULT
                .withCallCredentials(token)
                .withDeadlineAfter(channels.deadline().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static io.grpc.MethodDescriptor<Message, Message> rpc(MethodDescriptor method) {
        return io.grpc.MethodDescriptor.<Message, Message>newBuilder()
                .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .setRequestMarshaller(
                        ProtoUtils.marshaller((Message) DynamicMessage.getDefaultInstance(method.getInputType())))
                .setResponseMarshaller(ProtoUtils.marshaller((Message) Job.getDefaultInstance()))
                .build();
    }

    private static Message request(Submission submission) {
        MethodDescriptor method = submission.kind().submit();
        DynamicMessage.Builder spec =
                DynamicMessage.newBuilder(submission.kind().spec());
        try {
            JsonFormat.parser().merge(submission.spec(), spec);
        } catch (InvalidProtocolBufferException e) {
            throw GraftException.invalid(
                    ErrorCode.INVALID_REQUEST, List.of(new FieldViolation("spec", String.valueOf(e.getMessage()))), e);
        }
        DynamicMessage.Builder request = DynamicMessage.newBuilder(method.getInputType());
        request.setField(field(method, "parent"), "tenants/" + submission.tenant());
        request.setField(field(method, "spec"), spec.build());
        request.setField(field(method, "request_id"), submission.requestId());
        request.setField(field(method, "validate_only"), submission.validateOnly());
        FieldDescriptor labels = field(method, "labels");
        submission.labels().forEach((key, value) -> request.addRepeatedField(labels, entry(labels, key, value)));
        return request.build();
    }

    private static Message entry(FieldDescriptor labels, String key, String value) {
        return MapEntry.newDefaultInstance(
                        labels.getMessageType(), WireFormat.FieldType.STRING, "", WireFormat.FieldType.STRING, "")
                .toBuilder()
                .setKey(key)
                .setValue(value)
                .build();
    }

    private static FieldDescriptor field(MethodDescriptor method, String name) {
        FieldDescriptor field = method.getInputType().findFieldByName(name);
        if (field == null) {
            throw new IllegalStateException(method.getInputType().getName() + " has no " + name);
        }
        return field;
    }

    private static <T> T answer(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            throw FAILURE.of(e);
        }
    }
}
