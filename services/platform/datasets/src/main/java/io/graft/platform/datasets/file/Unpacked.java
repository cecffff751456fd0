package io.graft.platform.datasets.file;

import io.graft.platform.datasets.row.DatasetException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a file, unpacked if its name ends in {@code .gz}. */
public final class Unpacked extends FilterInputStream {
    private static final long FREE = 1L << 26;
    private static final String CURE = "Pack it again, or upload it unpacked";

    private final DataFile file;
    private final long most;
    private long count;

    private Unpacked(DataFile file, InputStream packed, int ratio) {
        super(packed);
        this.file = file;
        this.most = Math.max(FREE, Math.multiplyExact(Math.max(1, file.length()), (long) ratio));
    }

    /** @throws DatasetException here or while reading, if it is no gzip file, is cut short or is a bomb */
    public static InputStream open(DataFile file, ReadLimits limits) throws IOException {
        InputStream stored = file.open();
        if (!file.path().endsWith(".gz")) {
            return new BufferedInputStream(stored, 1 << 16);
        }
        try {
            return new Unpacked(file, new GZIPInputStream(stored, 1 << 16), limits.unpackedRatio());
        } catch (ZipException | EOFException broken) {
            stored.close();
            throw broken(file, broken);
        }
    }

    /** The name without {@code .gz}. */
    public static String name(String path) {
        return path.endsWith(".gz") ? path.substring(0, path.length() - 3) : path;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read;
        try {
            read = in.read(into, offset, length);
        } catch (ZipException | EOFException broken) {
            throw broken(file, broken);
        }
        count += Math.max(0, read);
        if (count > most) {
            throw DatasetException.ofFile(
                    file.path(), "unpacks to more than " + most + " bytes from " + file.length(), CURE);
        }
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = 0;
        byte[] dropped = new byte[(int) Math.min(n, 1 << 13)];
        while (skipped < n) {
            int read = read(dropped, 0, (int) Math.min(dropped.length, n - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    private static DatasetException broken(DataFile file, IOException cause) {
        DatasetException problem =
                DatasetException.ofFile(file.path(), "is cut short or no gzip file (" + cause.getMessage() + ")", CURE);
        problem.initCause(cause);
        return problem;
    }
}
