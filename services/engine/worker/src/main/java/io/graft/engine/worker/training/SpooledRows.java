package io.graft.engine.worker.training;

import io.graft.engine.pruning.Rows;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rows of numbers in a file of the scratch space, so that they are computed once and may be read often. */
final class SpooledRows implements Rows, AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final Path file;
    private final int width;
    private final int perBuffer;
    private final ByteBuffer buffer;
    private final OutputStream out;
    private int count;

    /** An empty file, to be filled and closed before it is read. */
    SpooledRows(Path file, int width) throws IOException {
        this.file = file;
        this.width = width;
        this.perBuffer = Math.max(1, BUFFER / (width * Float.BYTES));
        this.buffer = ByteBuffer.allocate(perBuffer * width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        this.out = Files.newOutputStream(file);
    }

    /** Adds whole rows that lie one after the other. */
    void add(float[] rows) throws IOException {
        for (float each : rows) {
            buffer.putFloat(each);
            if (!buffer.hasRemaining()) {
                flush();
            }
        }
        count += rows.length / width;
    }

    private void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void read(Visitor visitor) {
        float[] row = new float[width];
        try (InputStream in = Files.newInputStream(file)) {
            for (int index = 0; index < count; ) {
                int rows = Math.min(perBuffer, count - index);
                int bytes = rows * width * Float.BYTES;
                if (in.readNBytes(buffer.array(), 0, bytes) < bytes) {
                    throw new EOFException(file + " is cut short");
                }
                buffer.clear();
                for (int last = index + rows; index < last; index++) {
                    buffer.asFloatBuffer().get(row);
                    buffer.position(buffer.position() + width * Float.BYTES);
                    visitor.row(index, row);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
