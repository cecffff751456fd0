package io.graft.it;

import io.restassured.path.json.JsonPath;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads float32 safetensors without Graft's own reader. */
final class SafetensorsBytes {
    private SafetensorsBytes() {}

    /** Values by tensor name. */
    static Map<String, float[]> floats(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = Math.toIntExact(buffer.getLong(0));
        JsonPath header = new JsonPath(new String(file, 8, headerLength, StandardCharsets.UTF_8));
        Map<String, float[]> tensors = new TreeMap<>();
        Map<String, Map<String, Object>> entries = header.getMap("$");
        entries.forEach((name, entry) -> {
            if (entry.get("data_offsets") instanceof List<?> offsets) {
                int begin = Integer.parseInt(String.valueOf(offsets.get(0)));
                int end = Integer.parseInt(String.valueOf(offsets.get(1)));
                float[] values = new float[(end - begin) / 4];
                buffer.slice(8 + headerLength + begin, end - begin)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(values);
                tensors.put(name, values);
            }
        });
        return tensors;
    }
}
