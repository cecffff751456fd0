package io.graft.engine.safetensors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * One open safetensors file of any length.
 *
 * <p>Thread safe: reads are positional and share no state. After {@link #close} reads fail, but memory that was mapped
 * before stays valid until its arena closes.
 */
public final class SafetensorsFile implements AutoCloseable {
    private final Path path;
    private final FileSource source;
    private final SafetensorsHeader header;

    private SafetensorsFile(Path path, FileSource source, SafetensorsHeader header) {
        this.path = path;
        this.source = source;
        this.header = header;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws SafetensorsException if the file is not sound
     */
    public static SafetensorsFile open(Path path, HeaderLimits limits) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            String name = Objects.requireNonNullElse(path.getFileName(), path).toString();
            FileSource source = new FileSource(name, channel, channel.size());
            return new SafetensorsFile(path, source, SafetensorsHeader.read(source, limits));
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Where the file is. */
    public Path path() {
        return path;
    }

    /** The checked header. */
    public SafetensorsHeader header() {
        return header;
    }

    /**
     * Fills the buffer with a tensor's bytes (little endian) from {@code offset} on.
     *
     * @throws SafetensorsException if the range is not inside the tensor
     */
    public void read(TensorInfo tensor, long offset, ByteBuffer into) throws IOException {
        source.readFully(position(tensor, offset, into.remaining()), into);
    }

    /**
     * Where in the file a range of a tensor begins.
     *
     * @throws SafetensorsException if the range is not inside the tensor
     */
    long position(TensorInfo tensor, long offset, long length) {
        checkRange(tensor, offset, length);
        return header.dataOffset() + tensor.begin() + offset;
    }

    /** Maps part of the file read-only; pages count to the process's resident memory until the arena closes. */
    MemorySegment map(long position, long length, Arena arena) throws IOException {
        return source.channel().map(FileChannel.MapMode.READ_ONLY, position, length, arena);
    }

    long length() {
        return source.length();
    }

    private void checkRange(TensorInfo tensor, long offset, long length) {
        if (offset < 0 || length < 0 || offset > tensor.byteLength() - length) {
            throw SafetensorsException.ofTensor(
                    Problem.RANGE,
                    source.name(),
                    tensor.name(),
                    "has " + tensor.byteLength() + " bytes, asked for " + length + " at " + offset,
                    "Ask for a range inside the tensor");
        }
    }

    @Override
    public void close() throws IOException {
        source.channel().close();
    }
}
