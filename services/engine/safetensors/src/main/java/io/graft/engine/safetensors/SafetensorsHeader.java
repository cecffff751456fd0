package io.graft.engine.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checked header of one safetensors file.
 *
 * <p>An instance that came from {@link #read} is known to be sound: the tensors cover the data section exactly, in
 * order, without hole, overlap or trailing bytes, and each one's size is its shape times its dtype.
 *
 * @param metadata the free string map, in the order of the file; empty when the header has none
 * @param tensors all tensors by ascending position
 * @param dataOffset where the data section begins in the file
 * @param fileLength length of the whole file in bytes
 */
public record SafetensorsHeader(
        Map<String, String> metadata, List<TensorInfo> tensors, long dataOffset, long fileLength) {
    private static final int LENGTH_BYTES = 8;

    public SafetensorsHeader {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = List.copyOf(tensors);
    }

    /** Reads with {@link HeaderLimits#DEFAULT}. */
    public static SafetensorsHeader read(ByteSource source) throws IOException {
        return read(source, HeaderLimits.DEFAULT);
    }

    /**
     * Reads and checks a header. Nothing is allocated by a size the file merely declares.
     *
     * @throws SafetensorsException if the file is not sound
     * @throws IOException if the source cannot be read
     */
    public static SafetensorsHeader read(ByteSource source, HeaderLimits limits) throws IOException {
        long headerLength = headerLength(source, limits);
        HeaderParser.Parsed parsed = HeaderParser.parse(source, LENGTH_BYTES, headerLength, limits);
        long dataOffset = LENGTH_BYTES + headerLength;
        List<TensorInfo> ordered = HeaderLayout.check(source.name(), parsed.tensors(), source.length() - dataOffset);
        return new SafetensorsHeader(parsed.metadata(), ordered, dataOffset, source.length());
    }

    private static long headerLength(ByteSource source, HeaderLimits limits) throws IOException {
        if (source.length() < LENGTH_BYTES) {
            throw SafetensorsException.of(
                    Problem.TRUNCATED,
                    source.name(),
                    "has " + source.length() + " bytes, fewer than the 8 of a header length",
                    "Copy or download the file again");
        }
        ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        source.readFully(0, length);
        long declared = length.flip().getLong();
        if (declared < 0 || declared > limits.maxHeaderBytes()) {
            throw SafetensorsException.of(
                    Problem.HEADER_TOO_LARGE,
                    source.name(),
                    "declares a header of " + Long.toUnsignedString(declared) + " bytes, the limit is "
                            + limits.maxHeaderBytes(),
                    "Check that this is a safetensors file");
        }
        if (declared > source.length() - LENGTH_BYTES) {
            throw SafetensorsException.of(
                    Problem.TRUNCATED,
                    source.name(),
                    "declares a header of " + declared + " bytes but has only " + source.length() + " in all",
                    "Copy or download the file again");
        }
        return declared;
    }
}
