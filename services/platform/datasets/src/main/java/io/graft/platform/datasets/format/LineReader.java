package io.graft.platform.datasets.format;

import io.graft.platform.datasets.file.DataFile;
import io.graft.platform.datasets.file.ReadLimits;
import io.graft.platform.datasets.file.Unpacked;
import io.graft.platform.datasets.row.RowProblem;
import io.graft.platform.datasets.row.RowProblems;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines in strict UTF-8 that end with a line feed, a carriage return before it dropped; skips a byte order mark. */
final class LineReader implements Closeable {
    private final String path;
    private final int longest;
    private final RowProblems problems;
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final byte[] chunk = new byte[1 << 16];
    private int position;
    private int end;
    private byte[] line = new byte[1 << 10];
    private long number;

    LineReader(DataFile file, ReadLimits limits, RowProblems problems) throws IOException {
        this.path = file.path();
        this.longest = limits.rowBytes();
        this.problems = problems;
        this.in = Unpacked.open(file, limits);
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /** The next line that is well-formed, or null after the last. */
    @Nullable
    String next() throws IOException {
        while (true) {
            int length = fill();
            if (length < 0) {
                return null;
            }
            number++;
            if (length > longest) {
                problems.report(RowProblem.ofRow(
                        path,
                        number,
                        "is longer than " + longest + " bytes",
                        "Part it into several rows, or check that lines end with a line feed"));
                continue;
            }
            String text = decode(length);
            if (text != null) {
                return text;
            }
        }
    }

    private @Nullable String decode(int length) {
        int start =
                number == 1 && length >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF
                        ? 3
                        : 0;
        int stop = length > start && line[length - 1] == '\r' ? length - 1 : length;
        ByteBuffer bytes = ByteBuffer.wrap(line, start, stop - start);
        try {
            return decoder.decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            problems.report(RowProblem.ofRow(
                    path,
                    number,
                    "is no valid UTF-8 from byte " + (bytes.position() + 1) + " of the line on",
                    "Save the file as UTF-8"));
            return null;
        }
    }

    /** Reads up to the line feed; the length, which is longest + 1 for any line beyond, or -1 at the end. */
    private int fill() throws IOException {
        int length = 0;
        boolean any = false;
        while (true) {
            if (position == end) {
                position = 0;
                end = Math.max(0, in.read(chunk));
                if (end == 0) {
                    return any ? length : -1;
                }
            }
            any = true;
            int feed = position;
            while (feed < end && chunk[feed] != '\n') {
                feed++;
            }
            length = append(length, feed - position);
            boolean done = feed < end;
            position = done ? feed + 1 : feed;
            if (done) {
                return length;
            }
        }
    }

    private int append(int length, int count) {
        if (length > longest || count > longest - length) {
            return longest + 1;
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, line.length * 2));
        }
        System.arraycopy(chunk, position, line, length, count);
        return length + count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
