package io.graft.it;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A float32 tensor. Its values are its own and may be changed. */
final class Tensor {
    private final int[] shape;
    private final float[] values;

    Tensor(int[] shape, float[] values) {
        this.shape = shape.clone();
        this.values = values.clone();
    }

    static Tensor random(RandomGenerator random, int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Tensor(shape, values);
    }

    /** Each value with a small random change. */
    Tensor nudged(RandomGenerator random) {
        float[] changed = values.clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] += 0.01f * (float) random.nextGaussian();
        }
        return new Tensor(shape, changed);
    }

    float[] values() {
        return values;
    }

    String shapeJson() {
        return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }
}
