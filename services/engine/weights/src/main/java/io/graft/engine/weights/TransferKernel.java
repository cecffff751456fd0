package io.graft.engine.weights;

import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.compatibility.TensorAction;
import io.graft.engine.weights.arithmetic.Acceleration;
import io.graft.engine.weights.arithmetic.BlockArithmetic;
import io.graft.engine.weights.arithmetic.ChunkSums;
import io.graft.engine.weights.arithmetic.ElementCodec;
import io.graft.engine.weights.arithmetic.Moments;
import io.graft.engine.weights.pipeline.Chunk;
import io.graft.engine.weights.pipeline.ChunkKernel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the inputs of a chunk into native buffers of its own, then works through it in blocks that stay in the first-level
 * cache: widen to doubles, compute, narrow. One for each thread.
 */
final class TransferKernel implements ChunkKernel {
    private static final int BLOCK = 1_024;

    private final Map<String, TensorJob> jobs;
    private final double lambda;
    private final Findings findings;
    private final BlockArithmetic arithmetic;
    private final Acceleration acceleration;
    private final Map<Dtype, ElementCodec> codecs = new EnumMap<>(Dtype.class);
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment first = arena.allocate(Chunk.ELEMENTS * (long) Double.BYTES, Long.BYTES);
    private final MemorySegment second = arena.allocate(Chunk.ELEMENTS * (long) Double.BYTES, Long.BYTES);
    private final MemorySegment third = arena.allocate(Chunk.ELEMENTS * (long) Double.BYTES, Long.BYTES);
    private final double[] base = new double[BLOCK];
    private final double[] tuned = new double[BLOCK];
    private final double[] target = new double[BLOCK];
    private final double[] out = new double[BLOCK];

    TransferKernel(Map<String, TensorJob> jobs, double lambda, Findings findings, Acceleration acceleration) {
        this.jobs = jobs;
        this.lambda = lambda;
        this.findings = findings;
        this.acceleration = acceleration;
        this.arithmetic = acceleration.arithmetic();
    }

    @Override
    public void compute(Chunk chunk, MemorySegment into) throws IOException {
        TensorJob job = jobs.get(chunk.tensor().name());
        if (job == null) {
            throw new IllegalStateException(
                    "no job for tensor " + chunk.tensor().name());
        }
        int computed = (int) Math.clamp(job.plan().computedElements() - chunk.firstElement(), 0, chunk.elements());
        ChunkSums sums = computed == 0 ? ChunkSums.NONE : transfer(job, chunk, computed, into);
        job.tally().add(chunk.index(), sums);
        if (computed < chunk.elements()) {
            copy(job, chunk, computed, into);
        }
    }

    private ChunkSums transfer(TensorJob job, Chunk chunk, int elements, MemorySegment into) throws IOException {
        Inputs inputs = new Inputs(
                read(job.base(), chunk, elements, first),
                read(job.tuned(), chunk, elements, second),
                read(job.target(), chunk, elements, third));
        ElementCodec output = codec(chunk.tensor().dtype());
        Moments moments = new Moments();
        for (int at = 0; at < elements; at += BLOCK) {
            int count = Math.min(BLOCK, elements - at);
            decode(inputs.base(), at, base, count);
            decode(inputs.tuned(), at, tuned, count);
            if (job.target() == null) {
                arithmetic.difference(base, tuned, out, count, moments);
            } else {
                decode(inputs.target(), at, target, count);
                arithmetic.graft(base, tuned, target, out, count, lambda, moments);
            }
            output.encode(out, into, (long) at * output.bytes(), count);
        }
        ChunkSums sums = moments.sums(elements);
        if (!sums.isFinite() || !(moments.largestOutput() <= output.largestFinite())) {
            inspect(job, inputs, new Input(into, output), elements);
        }
        return sums;
    }

    private record Input(MemorySegment bytes, ElementCodec codec) {}

    private record Inputs(
            @Nullable Input base,
            @Nullable Input tuned,
            @Nullable Input target) {}

    private @Nullable Input read(@Nullable TensorHandle tensor, Chunk chunk, int elements, MemorySegment into)
            throws IOException {
        return tensor == null
                ? null
                : new Input(tensor.read(chunk.firstElement(), elements, into), codec(tensor.dtype()));
    }

    private static void decode(@Nullable Input input, int at, double[] into, int count) {
        if (input == null) {
            Arrays.fill(into, 0, count, 0);
        } else {
            input.codec().decode(input.bytes(), (long) at * input.codec().bytes(), into, count);
        }
    }

    private void inspect(TensorJob job, Inputs inputs, Input output, int elements) {
        findings.nonFinite(job, "source_base", nonFinite(inputs.base(), elements));
        String tunedName = job.base() == null ? "difference" : "source_finetuned";
        findings.nonFinite(job, tunedName, nonFinite(inputs.tuned(), elements));
        findings.nonFinite(job, "target_base", nonFinite(inputs.target(), elements));
        findings.nonFinite(job, "output", nonFinite(output, elements));
    }

    private long nonFinite(@Nullable Input input, int elements) {
        long found = 0;
        for (int at = 0; input != null && at < elements; at += BLOCK) {
            int count = Math.min(BLOCK, elements - at);
            decode(input, at, out, count);
            for (int i = 0; i < count; i++) {
                found += Double.isFinite(out[i]) ? 0 : 1;
            }
        }
        return found;
    }

    /** The part of a chunk that is the target's, and the comparison that a tensor without arithmetic needs. */
    private void copy(TensorJob job, Chunk chunk, int skip, MemorySegment into) throws IOException {
        TensorHandle from = job.target();
        if (from == null) {
            throw new IllegalStateException("nothing to copy tensor " + job.name() + " from");
        }
        long start = chunk.firstElement() + skip;
        int elements = chunk.elements() - skip;
        Dtype dtype = chunk.tensor().dtype();
        MemorySegment rest = into.asSlice((long) skip * dtype.bytes());
        if (from.dtype() == dtype) {
            from.read(start, elements, rest);
        } else {
            convert(job, from, start, elements, rest, codec(dtype));
        }
        if (job.plan().action() == TensorAction.COPIED_EQUAL && job.base() != null && job.tuned() != null) {
            MemorySegment left = job.base().read(start, elements, first);
            MemorySegment right = job.tuned().read(start, elements, second);
            if (left.mismatch(right) >= 0) {
                findings.unequal(job.order(), job.name());
            }
        }
    }

    private void convert(
            TensorJob job, TensorHandle from, long start, int elements, MemorySegment into, ElementCodec output)
            throws IOException {
        Input input = new Input(from.read(start, elements, third), codec(from.dtype()));
        for (int at = 0; at < elements; at += BLOCK) {
            int count = Math.min(BLOCK, elements - at);
            decode(input, at, out, count);
            output.encode(out, into, (long) at * output.bytes(), count);
        }
        findings.nonFinite(job, "target_base", nonFinite(input, elements));
        findings.nonFinite(job, "output", nonFinite(new Input(into, output), elements));
    }

    private ElementCodec codec(Dtype dtype) {
        return codecs.computeIfAbsent(dtype, acceleration::codec);
    }

    @Override
    public void close() {
        arena.close();
    }
}
