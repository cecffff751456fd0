package io.graft.engine.weights;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.TensorInfo;
import io.graft.engine.safetensors.digest.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A digest of a model's tensors that does not depend on how they are sharded or ordered in files: SHA-256 over the lines
 * {@code name TAB dtype TAB shape TAB sha256-of-bytes LF} in order of the names.
 */
public final class ContentDigest {
    private static final int BUFFER = 1 << 20;

    private ContentDigest() {}

    /** Reads everything once; returns {@code graft-content-v1:} and lower-case hex. */
    public static String of(Checkpoint checkpoint, int threads) throws IOException {
        List<String> names = checkpoint.tensors().keySet().stream().sorted().toList();
        MessageDigest digest = Sha256.create();
        try (ExecutorService workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("graft-digest-", 0).daemon().factory())) {
            List<Future<String>> parts = new ArrayList<>();
            for (String name : names) {
                parts.add(workers.submit(() -> ofTensor(checkpoint, name)));
            }
            for (int i = 0; i < names.size(); i++) {
                TensorInfo info = checkpoint.tensor(names.get(i));
                String line = info.name() + '\t' + info.dtype() + '\t' + info.shape() + '\t' + get(parts.get(i)) + '\n';
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return "graft-content-v1:" + HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of one tensor's bytes in lower-case hex. */
    static String ofTensor(Checkpoint checkpoint, String name) throws IOException {
        long length = checkpoint.tensor(name).byteLength();
        MessageDigest digest = Sha256.create();
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(length, 1)));
        for (long at = 0; at < length; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), length - at));
            checkpoint.read(name, at, buffer);
            digest.update(buffer.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String get(Future<String> part) throws IOException {
        try {
            return part.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while digesting", stop);
        } catch (ExecutionException failed) {
            throw new IOException("a tensor could not be digested", failed.getCause());
        }
    }
}
