package io.graft.engine.weights.pipeline;

import io.graft.engine.safetensors.CheckpointWriter;
import io.graft.engine.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Fills every tensor of an open output. The workers take chunks in the order of the bytes, compute them, write them at
 * their place and pass them on to the digest; memory is a few buffers a thread, whatever the size of the model.
 */
public final class ChunkPipeline {
    private final CheckpointWriter output;
    private final EngineSettings settings;
    private final TransferProgress progress;
    private final ChunkSchedule schedule;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong bytesDone = new AtomicLong();
    private final long bytesTotal;

    /** For one run. */
    public ChunkPipeline(CheckpointWriter output, EngineSettings settings, TransferProgress progress) {
        this.output = output;
        this.settings = settings;
        this.progress = progress;
        this.schedule = new ChunkSchedule(output.shards());
        this.bytesTotal = output.shards().stream()
                .flatMap(shard -> shard.tensors().values().stream())
                .mapToLong(tensor -> tensor.byteLength())
                .sum();
    }

    /**
     * Computes and writes everything; the caller commits.
     *
     * @param kernels makes one kernel for each worker thread, on that thread
     * @return SHA-256 of each shard in hex, in order; empty strings when digests are off
     * @throws TransferCancelledException if cancelled or interrupted; the interrupt stays set
     */
    public List<String> run(Supplier<? extends ChunkKernel> kernels) throws IOException {
        long largest = (long) Chunk.ELEMENTS * largestElement();
        try (OutputBuffers buffers = new OutputBuffers(2 * settings.threads() + 2, largest);
                ExecutorService workers = Executors.newFixedThreadPool(
                        settings.threads(),
                        Thread.ofPlatform().name("graft-weights-", 0).daemon().factory())) {
            List<OrderedDigest> digests = new ArrayList<>();
            if (settings.digests()) {
                output.shards().forEach(shard -> digests.add(new OrderedDigest(shard.header(), buffers::giveBack)));
            }
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < settings.threads(); i++) {
                running.add(workers.submit(() -> {
                    work(kernels, buffers, digests);
                    return null;
                }));
            }
            await(running);
            return digests.isEmpty()
                    ? output.shards().stream().map(shard -> "").toList()
                    : digests.stream().map(OrderedDigest::hex).toList();
        }
    }

    private void work(Supplier<? extends ChunkKernel> kernels, OutputBuffers buffers, List<OrderedDigest> digests)
            throws IOException, InterruptedException {
        boolean finished = false;
        try (ChunkKernel kernel = kernels.get()) {
            MemorySegment buffer = buffers.take(stopped::get);
            while (buffer != null) {
                if (progress.isCancelled()) {
                    throw new TransferCancelledException();
                }
                Chunk chunk = schedule.next();
                if (chunk == null) {
                    buffers.giveBack(buffer);
                    break;
                }
                int length = chunk.byteLength();
                kernel.compute(chunk, buffer.asSlice(0, length));
                SafetensorsWriter file = output.shards().get(chunk.shard());
                file.write(
                        chunk.tensor(),
                        chunk.offset(),
                        buffer.asSlice(0, length).asByteBuffer());
                if (digests.isEmpty()) {
                    buffers.giveBack(buffer);
                } else {
                    digests.get(chunk.shard()).offer(chunk.sequence(), buffer, length);
                }
                progress.advanced(bytesDone.addAndGet(length), bytesTotal);
                buffer = buffers.take(stopped::get);
            }
            finished = true;
        } finally {
            if (!finished) {
                stopped.set(true);
            }
        }
    }

    private void await(List<Future<?>> running) throws IOException {
        Throwable failure = null;
        boolean interrupted = false;
        for (Future<?> worker : running) {
            boolean done = false;
            while (!done) {
                try {
                    worker.get();
                    done = true;
                } catch (InterruptedException stop) {
                    interrupted = true;
                    stopped.set(true);
                } catch (ExecutionException failed) {
                    done = true;
                    failure = failure == null ? failed.getCause() : failure;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new TransferCancelledException();
        }
        switch (failure) {
            case null -> {}
            case IOException io -> throw io;
            case RuntimeException runtime -> throw runtime;
            case Error error -> throw error;
            default -> throw new IllegalStateException(failure);
        }
    }

    private int largestElement() {
        return output.shards().stream()
                .flatMap(shard -> shard.tensors().values().stream())
                .mapToInt(tensor -> tensor.dtype().bytes())
                .max()
                .orElse(1);
    }
}
