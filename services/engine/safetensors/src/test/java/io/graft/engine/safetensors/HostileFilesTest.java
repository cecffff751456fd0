package io.graft.engine.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files made to break a reader. Each is refused for the right reason, with little memory. */
final class HostileFilesTest {
    private static final String GOOD = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

    static Stream<Arguments> corpus() {
        return Stream.of(
                refused("empty file", new byte[0], Problem.TRUNCATED),
                refused("seven bytes", new byte[7], Problem.TRUNCATED),
                refused("length 2^63", declared(Long.MIN_VALUE), Problem.HEADER_TOO_LARGE),
                refused("length 2^63-1", declared(Long.MAX_VALUE), Problem.HEADER_TOO_LARGE),
                refused("length -1", declared(-1), Problem.HEADER_TOO_LARGE),
                refused("length 100 MB and one", declared(100_000_001), Problem.HEADER_TOO_LARGE),
                refused("length beyond the file", declared(99_000_000), Problem.TRUNCATED),
                refused("empty header", file("", 0), Problem.HEADER_MALFORMED),
                refused("only spaces", file("        ", 0), Problem.HEADER_MALFORMED),
                refused("space before the brace", file(" " + GOOD, 8), Problem.HEADER_MALFORMED),
                refused("byte order mark", file("\uFEFF" + GOOD, 8), Problem.HEADER_MALFORMED),
                refused("an array", file("[]", 0), Problem.HEADER_MALFORMED),
                refused("two objects", file(GOOD + "{}", 8), Problem.HEADER_MALFORMED),
                refused("cut off", file(GOOD.substring(0, 30), 8), Problem.HEADER_MALFORMED),
                refused("comment", file("{/* */}", 0), Problem.HEADER_MALFORMED),
                refused("zero byte", file("{\"a\0\":1}", 0), Problem.HEADER_MALFORMED),
                refused(
                        "invalid UTF-8",
                        bytes("{\"a\u00ff\":1}", StandardCharsets.ISO_8859_1),
                        Problem.HEADER_MALFORMED),
                refused("overlong UTF-8", overlong(), Problem.HEADER_MALFORMED),
                refused("deep nesting", file("{\"a\":" + "[".repeat(100_000), 0), Problem.HEADER_MALFORMED),
                refused("deep metadata", file("{\"__metadata__\":{\"a\":{\"b\":{}}}}", 0), Problem.HEADER_MALFORMED),
                refused("metadata number", file("{\"__metadata__\":{\"a\":1}}", 0), Problem.HEADER_MALFORMED),
                refused("metadata null", file("{\"__metadata__\":null}", 0), Problem.HEADER_MALFORMED),
                refused("two metadata", file("{\"__metadata__\":{},\"__metadata__\":{}}", 0), Problem.DUPLICATE_KEY),
                refused(
                        "metadata key twice",
                        file("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", 0),
                        Problem.DUPLICATE_KEY),
                refused(
                        "tensor twice",
                        file(tensor("a", "F32", "[1]", 0, 4, "a", "F32", "[1]", 4, 8), 8),
                        Problem.DUPLICATE_KEY),
                refused(
                        "dtype twice",
                        entry("\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]"),
                        Problem.DUPLICATE_KEY),
                refused(
                        "escaped duplicate",
                        file(tensor("a", "F32", "[1]", 0, 4, "\\u0061", "F32", "[1]", 4, 8), 8),
                        Problem.DUPLICATE_KEY),
                refused(
                        "unknown key",
                        entry("\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1"),
                        Problem.HEADER_MALFORMED),
                refused("no dtype", entry("\"shape\":[2],\"data_offsets\":[0,8]"), Problem.HEADER_MALFORMED),
                refused("no shape", entry("\"dtype\":\"F32\",\"data_offsets\":[0,8]"), Problem.HEADER_MALFORMED),
                refused("no offsets", entry("\"dtype\":\"F32\",\"shape\":[2]"), Problem.HEADER_MALFORMED),
                refused(
                        "one offset",
                        entry("\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8]"),
                        Problem.HEADER_MALFORMED),
                refused(
                        "three offsets",
                        entry("\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4,8]"),
                        Problem.OFFSETS),
                refused("unknown dtype", file(tensor("a", "F31", "[2]", 0, 8), 8), Problem.DTYPE),
                refused("lower-case dtype", file(tensor("a", "f32", "[2]", 0, 8), 8), Problem.DTYPE),
                refused("negative dimension", file(tensor("a", "F32", "[-2]", 0, 8), 8), Problem.SHAPE),
                refused("negative zero", file(tensor("a", "F32", "[-0]", 0, 0), 0), Problem.SHAPE),
                refused("fractional dimension", file(tensor("a", "F32", "[2.0]", 0, 8), 8), Problem.SHAPE),
                refused("exponent dimension", file(tensor("a", "F32", "[2e0]", 0, 8), 8), Problem.SHAPE),
                refused("NaN dimension", file(tensor("a", "F32", "[NaN]", 0, 8), 8), Problem.HEADER_MALFORMED),
                refused("string dimension", file(tensor("a", "F32", "[\"2\"]", 0, 8), 8), Problem.SHAPE),
                refused("dimension 2^63", file(tensor("a", "F32", "[9223372036854775808]", 0, 8), 8), Problem.SHAPE),
                refused(
                        "overflowing shape",
                        file(tensor("a", "F32", "[4294967296,4294967296]", 0, 8), 8),
                        Problem.SHAPE),
                refused(
                        "overflowing to the right size",
                        file(tensor("a", "U8", "[8,2305843009213693953]", 0, 8), 8),
                        Problem.SHAPE),
                refused(
                        "dimension of 5000 digits",
                        file(tensor("a", "F32", "[" + "9".repeat(5_000) + "]", 0, 8), 8),
                        Problem.HEADER_MALFORMED),
                refused("rank 65", file(tensor("a", "U8", "[1" + ",1".repeat(64) + "]", 0, 1), 1), Problem.SHAPE),
                refused("offsets too short", file(tensor("a", "F32", "[2]", 0, 4), 4), Problem.OFFSETS),
                refused("offsets backwards", file(tensor("a", "F32", "[2]", 8, 0), 8), Problem.OFFSETS),
                refused("hole at the start", file(tensor("a", "F32", "[1]", 4, 8), 8), Problem.OFFSETS),
                refused(
                        "hole between",
                        file(tensor("a", "F32", "[1]", 0, 4, "b", "F32", "[1]", 8, 12), 12),
                        Problem.OFFSETS),
                refused(
                        "overlap",
                        file(tensor("a", "F32", "[2]", 0, 8, "b", "F32", "[2]", 4, 12), 12),
                        Problem.OFFSETS),
                refused(
                        "same bytes twice",
                        file(tensor("a", "F32", "[2]", 0, 8, "b", "F32", "[2]", 0, 8), 8),
                        Problem.OFFSETS),
                refused("end beyond the file", file(tensor("a", "F32", "[2]", 0, 8), 7), Problem.TRUNCATED),
                refused(
                        "huge offsets",
                        file(tensor("a", "U8", "[9223372036854775807]", 0, Long.MAX_VALUE), 8),
                        Problem.TRUNCATED),
                refused("trailing byte", file(GOOD, 9), Problem.TRAILING_BYTES),
                refused("data but no tensor", file("{}", 1), Problem.TRAILING_BYTES),
                refused("long name", file(tensor("a".repeat(513), "F32", "[2]", 0, 8), 8), Problem.HEADER_TOO_LARGE),
                refused(
                        "very long name",
                        file(tensor("a".repeat(70_000), "F32", "[2]", 0, 8), 8),
                        Problem.HEADER_MALFORMED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    void isRefusedForItsReasonWithLittleMemory(String name, byte[] content, Problem expected) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        SafetensorsException refusal = catchThrowableOfType(
                SafetensorsException.class, () -> SafetensorsHeader.read(new InMemorySource("m.safetensors", content)));
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(refusal).as(name).isNotNull();
        assertThat(refusal.problem()).as(refusal.getMessage()).isEqualTo(expected);
        assertThat(refusal).hasMessageContaining("m.safetensors");
        assertThat(refusal.getMessage()).hasSizeLessThan(700);
        assertThat(allocated).isLessThan(16_000_000);
    }

    @Test
    void tooManyTensorsAreRefused() {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 65_537; i++) {
            header.append(i == 0 ? "" : ",").append('"').append(i).append("\":");
            header.append("{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        byte[] content = file(header.append('}').toString(), 0);
        SafetensorsException refusal = catchThrowableOfType(
                SafetensorsException.class, () -> SafetensorsHeader.read(new InMemorySource("m", content)));
        assertThat(refusal.problem()).isEqualTo(Problem.HEADER_TOO_LARGE);
    }

    @Test
    void paddingScalarsAndEmptyTensorsAreFine() throws IOException {
        String header = "{\"b\":{\"shape\":[],\"data_offsets\":[0,4],\"dtype\":\"F32\"},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[0,0]},\"__metadata__\":{\"format\":\"pt\"}}    ";
        SafetensorsHeader read = SafetensorsHeader.read(new InMemorySource("m", file(header, 4)));
        assertThat(read.tensors()).extracting(TensorInfo::name).containsExactly("a", "b");
        assertThat(read.tensors()).extracting(TensorInfo::elements).containsExactly(0L, 1L);
        assertThat(read.metadata()).containsEntry("format", "pt");
    }

    private static Arguments refused(String name, byte[] content, Problem problem) {
        return Arguments.of(name, content, problem);
    }

    private static String tensor(Object... parts) {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < parts.length; i += 5) {
            header.append(header.isEmpty() ? "{" : ",")
                    .append('"')
                    .append(parts[i])
                    .append("\":{\"dtype\":\"");
            header.append(parts[i + 1])
                    .append("\",\"shape\":")
                    .append(parts[i + 2])
                    .append(",\"data_offsets\":[");
            header.append(parts[i + 3]).append(',').append(parts[i + 4]).append("]}");
        }
        return header.append('}').toString();
    }

    private static byte[] entry(String body) {
        return file("{\"a\":{" + body + "}}", 8);
    }

    private static byte[] declared(long length) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
    }

    private static byte[] overlong() {
        byte[] text = "{\"aaa\":1}".getBytes(StandardCharsets.US_ASCII);
        text[2] = (byte) 0xC1;
        text[3] = (byte) 0xA1;
        return framed(text, 0);
    }

    private static byte[] bytes(String header, Charset charset) {
        return framed(header.getBytes(charset), 0);
    }

    private static byte[] file(String header, int dataLength) {
        return framed(header.getBytes(StandardCharsets.UTF_8), dataLength);
    }

    private static byte[] framed(byte[] header, int dataLength) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.writeBytes(header);
        out.writeBytes(new byte[dataLength]);
        return out.toByteArray();
    }
}
