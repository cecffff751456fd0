package io.graft.engine.worker.training;

import io.graft.v1.FeaturePooling;
import java.util.function.IntUnaryOperator;

/** Makes one vector of the states of a row's tokens or patches. */
final class StatePooling {
    private StatePooling() {}

    /**
     * Pools.
     *
     * @param states row by row, then position by position; positions beyond a row's length are padding
     * @param lengths positions of a row that are no padding
     * @return row by row
     */
    static float[] of(float[] states, int rows, int positions, IntUnaryOperator lengths, FeaturePooling pooling) {
        int width = states.length / (rows * positions);
        float[] pooled = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            int length = lengths.applyAsInt(row);
            int begin = row * positions * width;
            switch (pooling) {
                case FEATURE_POOLING_MEAN -> mean(states, begin, length, width, pooled, row * width);
                case FEATURE_POOLING_FIRST -> System.arraycopy(states, begin, pooled, row * width, width);
                case FEATURE_POOLING_LAST ->
                    System.arraycopy(states, begin + (length - 1) * width, pooled, row * width, width);
                case FEATURE_POOLING_HEAD, FEATURE_POOLING_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalStateException(
                            pooling + " says nothing of layers that have a state for each position");
            }
        }
        return pooled;
    }

    private static void mean(float[] states, int begin, int length, int width, float[] pooled, int at) {
        for (int i = 0; i < width; i++) {
            double sum = 0;
            for (int position = 0; position < length; position++) {
                sum += states[begin + position * width + i];
            }
            pooled[at + i] = (float) (sum / length);
        }
    }
}
