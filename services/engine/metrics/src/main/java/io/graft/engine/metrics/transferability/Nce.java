package io.graft.engine.metrics.transferability;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Negative conditional entropy (Tran et al. 2019) of the target's label given the source class that the model finds most
 * likely, the first of equals; at most 0, in nats.
 */
public record Nce() implements TransferabilityMetric {
    @Override
    public String name() {
        return "NCE";
    }

    @Override
    public boolean comparesDimensions() {
        return true;
    }

    @Override
    public Transferability score(SourceModel model, int[] labels) {
        double[][] theta = SourceHead.probabilities(model, name());
        Classes classes = Classes.of(model, labels);
        double[][] joint = new double[theta[0].length][classes.count()];
        double[] marginal = new double[theta[0].length];
        for (int i = 0; i < labels.length; i++) {
            double[] row = theta[i];
            int source = IntStream.range(0, row.length).reduce(0, (best, z) -> row[z] > row[best] ? z : best);
            joint[source][labels[i]]++;
            marginal[source]++;
        }
        double sum = 0;
        for (int z = 0; z < marginal.length; z++) {
            for (double count : joint[z]) {
                sum += count == 0 ? 0 : count * Math.log(count / marginal[z]);
            }
        }
        return new Transferability(sum / labels.length, List.of());
    }
}
