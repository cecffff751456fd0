package io.graft.platform.request;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.graft.platform.artifact.ContentDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * How a call wants to be carried out, beside what it asks for.
 *
 * @param rpc name of the request's message; one idempotency key may serve different calls
 * @param requestId idempotency key; empty when the caller gave none
 * @param payloadHash hash of the request without its key and dry-run flag; equal for equal requests
 * @param validateOnly everything is checked and nothing is kept
 * @param traceparent W3C trace context of the call
 */
public record Mutation(String rpc, String requestId, String payloadHash, boolean validateOnly, String traceparent) {

    /** Reads {@code request_id} and {@code validate_only} of a request; a field that the message lacks counts as unset. */
    public static Mutation of(Message request, String traceparent) {
        FieldDescriptor id = request.getDescriptorForType().findFieldByName("request_id");
        FieldDescriptor dryRun = request.getDescriptorForType().findFieldByName("validate_only");
        Message.Builder payload = request.toBuilder();
        if (id != null) {
            payload.clearField(id);
        }
        if (dryRun != null) {
            payload.clearField(dryRun);
        }
        return new Mutation(
                request.getDescriptorForType().getName(),
                id == null ? "" : (String) request.getField(id),
                hash(payload.build()),
                dryRun != null && (Boolean) request.getField(dryRun),
                traceparent);
    }

    private static String hash(Message payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            // Maps have no order of their own.
            out.useDeterministicSerialization();
            payload.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ContentDigest.sha256(bytes.toByteArray());
    }
}
