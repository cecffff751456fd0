package io.graft.platform.datasets.format;

import io.graft.platform.datasets.file.DataFile;
import io.graft.platform.datasets.file.ReadLimits;
import io.graft.platform.datasets.file.Unpacked;
import io.graft.platform.datasets.row.DatasetException;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/** A file of unsigned bytes in the IDX format of MNIST: two zero bytes, type 8, rank, sizes, then items. */
final class IdxFile implements Closeable {
    private static final int UNSIGNED_BYTES = 8;
    private static final String CURE = "Take the file from its source again";

    private final DataFile file;
    private final DataInputStream in;
    private final int[] sizes;

    private IdxFile(DataFile file, DataInputStream in, int[] sizes) {
        this.file = file;
        this.in = in;
        this.sizes = sizes;
    }

    /** @throws DatasetException if it is no such file */
    static IdxFile open(DataFile file, int rank, ReadLimits limits) throws IOException {
        DataInputStream in = new DataInputStream(Unpacked.open(file, limits));
        try {
            int magic = in.readInt();
            if (magic != (UNSIGNED_BYTES << 8 | rank)) {
                in.close();
                throw DatasetException.ofFile(
                        file.path(),
                        "begins with the number %#x where an IDX file of bytes of rank %d has %#x"
                                .formatted(magic, rank, UNSIGNED_BYTES << 8 | rank),
                        CURE);
            }
            int[] sizes = new int[rank];
            for (int i = 0; i < rank; i++) {
                sizes[i] = in.readInt();
            }
            if (Arrays.stream(sizes).anyMatch(size -> size < 0)
                    || Arrays.stream(sizes).skip(1).anyMatch(size -> size == 0 || size > limits.pictureSide())) {
                in.close();
                throw DatasetException.ofFile(file.path(), "has the sizes " + Arrays.toString(sizes), CURE);
            }
            return new IdxFile(file, in, sizes);
        } catch (EOFException truncated) {
            in.close();
            throw DatasetException.ofFile(file.path(), "is cut short in its header", CURE);
        }
    }

    int count() {
        return sizes[0];
    }

    /** The size of a dimension of one item. */
    int size(int dimension) {
        return sizes[dimension + 1];
    }

    /** The next item, rows first. */
    byte[] next() throws IOException {
        int length = 1;
        for (int i = 1; i < sizes.length; i++) {
            length = Math.multiplyExact(length, sizes[i]);
        }
        byte[] item = new byte[length];
        try {
            in.readFully(item);
        } catch (EOFException truncated) {
            throw DatasetException.ofFile(file.path(), "is cut short: its header says " + count() + " items", CURE);
        }
        return item;
    }

    boolean atEnd() throws IOException {
        return in.read() < 0;
    }

    String path() {
        return file.path();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
