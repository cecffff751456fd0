package io.graft.engine.weights.pipeline;

import io.graft.engine.safetensors.digest.Sha256;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of a file whose chunks are finished out of order. Whichever worker brings the chunk that is due also digests
 * those already waiting behind it, so hashing runs beside the arithmetic without a thread or a second read of its own.
 */
final class OrderedDigest {
    private final MessageDigest digest;
    private final Consumer<MemorySegment> release;
    private final Map<Long, Waiting> waiting = new HashMap<>();
    private long due;
    private boolean busy;

    private record Waiting(MemorySegment buffer, int length) {}

    OrderedDigest(byte[] header, Consumer<MemorySegment> release) {
        this.digest = Sha256.create();
        this.release = release;
        digest.update(header);
    }

    /** Takes over a finished buffer; it is released once digested. */
    void offer(long sequence, MemorySegment buffer, int length) {
        synchronized (this) {
            waiting.put(sequence, new Waiting(buffer, length));
            if (busy) {
                return;
            }
            busy = true;
        }
        for (Waiting next = poll(); next != null; next = poll()) {
            digest.update(next.buffer().asSlice(0, next.length()).asByteBuffer());
            release.accept(next.buffer());
        }
    }

    private synchronized @Nullable Waiting poll() {
        Waiting next = waiting.remove(due);
        if (next == null) {
            busy = false;
        } else {
            due++;
        }
        return next;
    }

    /** The digest in hex, once every chunk was offered. */
    synchronized String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
