package io.graft.engine.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes one safetensors file: the header at once, then each tensor's bytes at any place in any order.
 *
 * <p>The bytes go to a hidden file beside the target, which takes the target's name in one atomic step on
 * {@link #commit}; closing without a commit leaves nothing behind. {@link #write} is thread safe.
 */
public final class SafetensorsWriter implements AutoCloseable {
    private final Path target;
    private final Path partial;
    private final FileChannel channel;
    private final SafetensorsLayout layout;
    private final AtomicLong written = new AtomicLong();
    private boolean committed;

    private SafetensorsWriter(Path target, Path partial, FileChannel channel, SafetensorsLayout layout) {
        this.target = target;
        this.partial = partial;
        this.channel = channel;
        this.layout = layout;
    }

    /**
     * Creates the hidden file and writes its header.
     *
     * @param tensors in the order in which their data shall lie in the file
     * @param metadata free strings, written in the map's order; Hugging Face readers expect {@code format: pt}
     */
    public static SafetensorsWriter create(Path target, List<TensorSpec> tensors, Map<String, String> metadata)
            throws IOException {
        SafetensorsLayout layout = new SafetensorsLayout(tensors, metadata);
        Path partial = target.resolveSibling("." + target.getFileName() + ".partial");
        FileChannel channel = FileChannel.open(
                partial,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        SafetensorsWriter writer = new SafetensorsWriter(target, partial, channel, layout);
        try {
            writer.writeAt(0, ByteBuffer.wrap(layout.prefix()));
            return writer;
        } catch (IOException failure) {
            writer.close();
            throw failure;
        }
    }

    /** The name the file gets on commit. */
    public Path target() {
        return target;
    }

    /** Everything before the data section: length field, JSON and padding. */
    public byte[] header() {
        return layout.prefix();
    }

    /** Where each tensor goes, in file order. */
    public Map<String, TensorInfo> tensors() {
        return Collections.unmodifiableMap(layout.tensors());
    }

    /** Length of the whole file in bytes. */
    public long fileLength() {
        return layout.dataOffset() + layout.dataLength();
    }

    /** Writes the buffer's remaining bytes into a tensor, from byte {@code offset} of it on. */
    public void write(TensorInfo tensor, long offset, ByteBuffer data) throws IOException {
        int length = data.remaining();
        if (offset < 0 || offset > tensor.byteLength() - length) {
            throw new IndexOutOfBoundsException(length + " bytes at " + offset + " of tensor '" + tensor.name() + "'");
        }
        writeAt(layout.dataOffset() + tensor.begin() + offset, data);
        written.addAndGet(length);
    }

    /**
     * Gives the file its name.
     *
     * @param durable whether to force the bytes to the disk first, which can take far longer than writing them
     * @throws IllegalStateException if not every byte was written
     */
    public void commit(boolean durable) throws IOException {
        if (written.get() != layout.dataLength()) {
            throw new IllegalStateException(
                    target + ": " + written.get() + " of " + layout.dataLength() + " data bytes were written");
        }
        if (durable) {
            channel.force(true);
        }
        channel.close();
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        committed = true;
    }

    private void writeAt(long position, ByteBuffer data) throws IOException {
        long at = position;
        while (data.hasRemaining()) {
            at += channel.write(data, at);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!committed) {
            Files.deleteIfExists(partial);
        }
    }
}
