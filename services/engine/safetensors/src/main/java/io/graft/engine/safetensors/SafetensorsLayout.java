package io.graft.engine.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Header bytes and tensor positions of a file that is about to be written. */
final class SafetensorsLayout {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int ALIGNMENT = 8;

    private final byte[] prefix;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final long dataLength;

    SafetensorsLayout(List<TensorSpec> specs, Map<String, String> metadata) {
        long position = 0;
        for (TensorSpec spec : specs) {
            long end = Math.addExact(position, spec.byteLength());
            TensorInfo info = new TensorInfo(spec.name(), spec.dtype(), spec.shape(), position, end);
            if (tensors.put(spec.name(), info) != null) {
                throw new IllegalArgumentException("tensor '" + spec.name() + "' is planned twice");
            }
            position = end;
        }
        this.dataLength = position;
        this.prefix = prefix(metadata, List.copyOf(tensors.values()));
    }

    /** Length field, JSON and padding: everything before the data. */
    byte[] prefix() {
        return prefix.clone();
    }

    long dataOffset() {
        return prefix.length;
    }

    long dataLength() {
        return dataLength;
    }

    Map<String, TensorInfo> tensors() {
        return tensors;
    }

    private static byte[] prefix(Map<String, String> metadata, List<TensorInfo> tensors) {
        byte[] json = json(metadata, tensors);
        int padded = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
        byte[] prefix = new byte[Math.addExact(Long.BYTES, padded)];
        Arrays.fill(prefix, (byte) ' ');
        for (int i = 0; i < Long.BYTES; i++) {
            prefix[i] = (byte) (((long) padded) >>> (8 * i));
        }
        System.arraycopy(json, 0, prefix, Long.BYTES, json.length);
        return prefix;
    }

    private static byte[] json(Map<String, String> metadata, List<TensorInfo> tensors) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart("__metadata__");
                for (Map.Entry<String, String> entry : metadata.entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            for (TensorInfo tensor : tensors) {
                writeTensor(json, tensor);
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void writeTensor(JsonGenerator json, TensorInfo tensor) throws IOException {
        json.writeObjectFieldStart(tensor.name());
        json.writeStringField("dtype", tensor.dtype().name());
        json.writeArrayFieldStart("shape");
        for (long dimension : tensor.shape()) {
            json.writeNumber(dimension);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data_offsets");
        json.writeNumber(tensor.begin());
        json.writeNumber(tensor.end());
        json.writeEndArray();
        json.writeEndObject();
    }
}
