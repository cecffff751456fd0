package io.graft.engine.tensors;

import java.util.SplittableRandom;

/** {@code (sigmoid(0.5 x W + 0.25) v - 1)^2} and its gradients, by hand in double precision. */
record ReferenceNet(SplittableRandom random, float[] inner, float[] outer) {
    ReferenceNet(SplittableRandom random, int inputs, int hidden) {
        this(random, draw(random, inputs * hidden), draw(random, hidden));
    }

    record Gradient(float[] inner, float[] outer) {}

    float[] draw(int count) {
        return draw(random, count);
    }

    private static float[] draw(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    Gradient gradient(float[] x) {
        int hidden = outer.length;
        double[] s = new double[hidden];
        double y = 0;
        for (int j = 0; j < hidden; j++) {
            double sum = 0.25;
            for (int i = 0; i < x.length; i++) {
                sum += 0.5 * x[i] * inner[i * hidden + j];
            }
            s[j] = 1 / (1 + Math.exp(-sum));
            y += s[j] * outer[j];
        }
        double slope = 2 * (y - 1);
        float[] gradInner = new float[inner.length];
        float[] gradOuter = new float[hidden];
        for (int j = 0; j < hidden; j++) {
            gradOuter[j] = (float) (slope * s[j]);
            for (int i = 0; i < x.length; i++) {
                gradInner[i * hidden + j] = (float) (slope * outer[j] * s[j] * (1 - s[j]) * 0.5 * x[i]);
            }
        }
        return new Gradient(gradInner, gradOuter);
    }
}
