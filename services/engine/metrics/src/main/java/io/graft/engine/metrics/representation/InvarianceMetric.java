package io.graft.engine.metrics.representation;

/** How two representations of one input are compared. */
public enum InvarianceMetric {
    /** The Euclidean distance: a ratio of 0 is invariance, 1 is as different as unrelated inputs. */
    L2 {
        @Override
        double compare(double[] a, double[] b) {
            double squares = 0;
            for (int i = 0; i < a.length; i++) {
                squares += (a[i] - b[i]) * (a[i] - b[i]);
            }
            return Math.sqrt(squares);
        }
    },
    /** The cosine: higher is more alike. */
    COSINE {
        @Override
        double compare(double[] a, double[] b) {
            return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
        }
    },
    /** The dot product: higher is more alike. */
    DOT_PRODUCT {
        @Override
        double compare(double[] a, double[] b) {
            return dot(a, b);
        }
    };

    abstract double compare(double[] a, double[] b);

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
