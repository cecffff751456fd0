package io.graft.engine.metrics.representation;

/** The objective of {@link LinearProbe}: for each class its weights and then its intercept. */
record LogisticLoss(double[][] features, int[] labels, int classes, double l2) implements Lbfgs.Objective {
    @Override
    public double valueAndGradient(double[] weights, double[] gradient) {
        int width = features[0].length + 1;
        double loss = 0;
        for (int i = 0; i < weights.length; i++) {
            boolean intercept = i % width == width - 1;
            gradient[i] = intercept ? 0 : l2 * weights[i];
            loss += intercept ? 0 : l2 / 2 * weights[i] * weights[i];
        }
        double share = 1.0 / features.length;
        for (int n = 0; n < features.length; n++) {
            double[] row = features[n];
            double[] probabilities = softmax(weights, row, classes);
            loss -= share * Math.log(Math.max(probabilities[labels[n]], Double.MIN_NORMAL));
            for (int c = 0; c < classes; c++) {
                double error = share * (probabilities[c] - (c == labels[n] ? 1 : 0));
                for (int j = 0; j < row.length; j++) {
                    gradient[c * width + j] += error * row[j];
                }
                gradient[c * width + row.length] += error;
            }
        }
        return loss;
    }

    static double[] softmax(double[] weights, double[] row, int classes) {
        double[] values = new double[classes];
        double highest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            int offset = c * (row.length + 1);
            double logit = weights[offset + row.length];
            for (int j = 0; j < row.length; j++) {
                logit += weights[offset + j] * row[j];
            }
            values[c] = logit;
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            values[c] = Math.exp(values[c] - highest);
            sum += values[c];
        }
        for (int c = 0; c < classes; c++) {
            values[c] /= sum;
        }
        return values;
    }
}
