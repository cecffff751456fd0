package io.graft.engine.metrics.transferability;

import java.util.List;

/**
 * LEEP (Nguyen et al. 2020): the mean log-likelihood of the target's labels under a classifier that guesses a source class
 * from the model's probabilities, and from it the label, as often as the two occur together. At most 0.
 */
public record Leep() implements TransferabilityMetric {
    @Override
    public String name() {
        return "LEEP";
    }

    @Override
    public boolean comparesDimensions() {
        return true;
    }

    @Override
    public Transferability score(SourceModel model, int[] labels) {
        double[][] theta = SourceHead.probabilities(model, name());
        Classes classes = Classes.of(model, labels);
        double[][] joint = new double[classes.count()][theta[0].length];
        double[] marginal = new double[theta[0].length];
        for (int i = 0; i < labels.length; i++) {
            for (int z = 0; z < marginal.length; z++) {
                joint[labels[i]][z] += theta[i][z];
                marginal[z] += theta[i][z];
            }
        }
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double likelihood = 0;
            for (int z = 0; z < marginal.length; z++) {
                likelihood += marginal[z] == 0 ? 0 : theta[i][z] * joint[labels[i]][z] / marginal[z];
            }
            sum += Math.log(likelihood);
        }
        return new Transferability(sum / labels.length, List.of());
    }
}
