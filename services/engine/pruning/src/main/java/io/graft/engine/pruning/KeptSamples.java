package io.graft.engine.pruning;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.stream.IntStream;

/** The samples that stay. One bit a sample. Immutable. */
public final class KeptSamples {
    private final BitSet kept;
    private final int total;
    private final int count;

    /**
     * Samples by their indices; copied.
     *
     * @param total how many there were
     * @throws PruningException if none is kept
     */
    public KeptSamples(BitSet kept, int total) {
        this.kept = (BitSet) kept.clone();
        this.total = total;
        this.count = kept.cardinality();
        if (count == 0) {
            throw new PruningException(
                    PruningProblem.NOTHING_KEPT,
                    "no sample would stay: the kept classes have none; lower prune_ratio or raise keep_classes");
        }
    }

    /** How many stay. */
    public int count() {
        return count;
    }

    /** How many there were. */
    public int total() {
        return total;
    }

    /** Whether a sample stays. */
    public boolean contains(int sample) {
        return kept.get(sample);
    }

    /** Their indices, ascending. */
    public IntStream indices() {
        return kept.stream();
    }

    /** How many times fewer samples an epoch has: all to kept. */
    public double expectedSpeedUp() {
        return (double) total / count;
    }

    /** Writes the indices in ascending order, in decimal, one a line. */
    public void write(OutputStream out) throws IOException {
        for (int sample = kept.nextSetBit(0); sample >= 0; sample = kept.nextSetBit(sample + 1)) {
            out.write(Integer.toString(sample).getBytes(StandardCharsets.US_ASCII));
            out.write('\n');
        }
    }

    /** SHA-256, in hexadecimal, of what {@link #write} writes. */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out =
                    new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
                write(out);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
