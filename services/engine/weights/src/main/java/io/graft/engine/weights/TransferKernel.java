package io.graft.engine.weights;

import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.SlidingWindow;
import io.graft.engine.safetensors.compatibility.TensorAction;
import io.graft.engine.weights.arithmetic.Acceleration;
import io.graft.engine.weights.arithmetic.Bf16Graft;
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
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Maps the inputs of a chunk, then works through it in blocks that stay in the first-level cache: widen to doubles, compute,
 * narrow. One for each thread.
 */
final class TransferKernel implements ChunkKernel {
    private static final int BLOCK = 1_024;

    private final Map<String, TensorJob> jobs;
    private final double lambda;
    private final Findings findings;
    private final BlockArithmetic arithmetic;
    private final Acceleration acceleration;
    private final Map<Dtype, ElementCodec> codecs = new EnumMap<>(Dtype.class);
    private final Optional<Bf16Graft> bf16Graft;
    private final SlidingWindow baseWindow = new SlidingWindow();
    private final SlidingWindow tunedWindow = new SlidingWindow();
    private final SlidingWindow targetWindow = new SlidingWindow();
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
        this.bf16Graft = lambda == 1 ? acceleration.bf16Graft() : Optional.empty();
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
        try (Arena padding = Arena.ofConfined()) {
            Inputs inputs = new Inputs(
                    open(job.base(), chunk, elements, baseWindow, padding),
                    open(job.tuned(), chunk, elements, tunedWindow, padding),
                    open(job.target(), chunk, elements, targetWindow, padding));
            Dtype dtype = chunk.tensor().dtype();
            Input output = new Input(into, dtype, codec(dtype));
            Moments moments = new Moments();
            Bf16Graft.Sides allBf16 = inputs.allBf16(output);
            if (bf16Graft.isPresent() && allBf16 != null) {
                bf16Graft.get().graft(allBf16, elements, moments);
            } else {
                blocks(inputs, output, elements, moments);
            }
            ChunkSums sums = moments.sums(elements);
            if (!sums.isFinite() || !(moments.largestOutput() <= output.codec().largestFinite())) {
                inspect(job, inputs, output, elements);
            }
            return sums;
        }
    }

    private void blocks(Inputs inputs, Input output, int elements, Moments moments) {
        ElementCodec codec = output.codec();
        for (int at = 0; at < elements; at += BLOCK) {
            int count = Math.min(BLOCK, elements - at);
            decode(inputs.base(), at, base, count);
            decode(inputs.tuned(), at, tuned, count);
            if (inputs.target() == null) {
                arithmetic.difference(base, tuned, out, count, moments);
            } else {
                decode(inputs.target(), at, target, count);
                arithmetic.graft(base, tuned, target, out, count, lambda, moments);
            }
            codec.encode(out, output.bytes(), (long) at * codec.bytes(), count);
        }
    }

    private record Input(MemorySegment bytes, Dtype dtype, ElementCodec codec) {}

    private record Inputs(
            @Nullable Input base,
            @Nullable Input tuned,
            @Nullable Input target) {
        Bf16Graft.@Nullable Sides allBf16(Input output) {
            boolean same =
                    Stream.of(base, tuned, target, output).allMatch(side -> side != null && side.dtype() == Dtype.BF16);
            return same && base != null && tuned != null && target != null
                    ? new Bf16Graft.Sides(base.bytes(), tuned.bytes(), target.bytes(), output.bytes())
                    : null;
        }
    }

    private @Nullable Input open(
            @Nullable TensorHandle tensor, Chunk chunk, int elements, SlidingWindow window, Arena padding)
            throws IOException {
        return tensor == null
                ? null
                : new Input(
                        tensor.open(chunk.firstElement(), elements, window, padding),
                        tensor.dtype(),
                        codec(tensor.dtype()));
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
            from.read(start, rest);
        } else {
            convert(job, from, start, elements, new Input(rest, dtype, codec(dtype)));
        }
        if (job.plan().action() == TensorAction.COPIED_EQUAL && job.base() != null && job.tuned() != null) {
            try (Arena padding = Arena.ofConfined()) {
                MemorySegment left = job.base().open(start, elements, baseWindow, padding);
                if (left.mismatch(job.tuned().open(start, elements, tunedWindow, padding)) >= 0) {
                    findings.unequal(job.order(), job.name());
                }
            }
        }
    }

    private void convert(TensorJob job, TensorHandle from, long start, int elements, Input output) throws IOException {
        try (Arena padding = Arena.ofConfined()) {
            Input input =
                    new Input(from.open(start, elements, targetWindow, padding), from.dtype(), codec(from.dtype()));
            for (int at = 0; at < elements; at += BLOCK) {
                int count = Math.min(BLOCK, elements - at);
                decode(input, at, out, count);
                output.codec()
                        .encode(out, output.bytes(), (long) at * output.codec().bytes(), count);
            }
            findings.nonFinite(job, "target_base", nonFinite(input, elements));
            findings.nonFinite(job, "output", nonFinite(output, elements));
        }
    }

    private ElementCodec codec(Dtype dtype) {
        return codecs.computeIfAbsent(dtype, acceleration::codec);
    }

    @Override
    public void close() {
        baseWindow.close();
        tunedWindow.close();
        targetWindow.close();
    }
}
