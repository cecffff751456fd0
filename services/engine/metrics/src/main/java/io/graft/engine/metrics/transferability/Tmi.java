package io.graft.engine.metrics.transferability;

import io.graft.engine.metrics.InputCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.special.Gamma;

/**
 * TMI (Xu et al. 2023, arXiv 2308.05986): the entropy of the features given the class; more spread within the classes
 * promises more. Each class's entropy is estimated by Kozachenko and Leonenko from the distance of each example to its k-th
 * neighbour in the class, {@code -psi(k) + psi(n) + log c_d + d/n sum log(2 eps)}, in nats.
 *
 * <p>The value is the paper's, the mean over examples; the authors' code (snudatalab/TMI) divides it by the number of
 * classes, see {@link #asPublishedCode}, which ranks alike on one target. Their floor of 1 under the distances makes
 * features of a small scale saturate at {@code d log 2}; it is a parameter here. The score depends on the features' scale
 * and number: compare models of one dimension, or reduce to one with {@link Normalisation.Pca}.
 *
 * @param k which neighbour, usually 3; each class needs more examples than this
 * @param minDistance floor under the distances, above 0; 1 in the authors' code
 */
public record Tmi(int k, double minDistance, Norm norm, Normalisation normalisation) implements TransferabilityMetric {
    /** As in the authors' code: third neighbour, largest coordinate, floor of 1. */
    public static final Tmi PUBLISHED = new Tmi(3, 1, Norm.MAX, new Normalisation.None());

    /** How far two examples are apart. */
    public enum Norm {
        /** The largest difference of a feature. */
        MAX {
            @Override
            double distance(double[] a, double[] b) {
                double largest = 0;
                for (int i = 0; i < a.length; i++) {
                    largest = Math.max(largest, Math.abs(a[i] - b[i]));
                }
                return largest;
            }

            @Override
            double logUnitVolume(int dimension) {
                return 0;
            }
        },
        /** The Euclidean distance. */
        L2 {
            @Override
            double distance(double[] a, double[] b) {
                double squares = 0;
                for (int i = 0; i < a.length; i++) {
                    squares += (a[i] - b[i]) * (a[i] - b[i]);
                }
                return Math.sqrt(squares);
            }

            @Override
            double logUnitVolume(int dimension) {
                return dimension / 2.0 * Math.log(Math.PI)
                        - Gamma.logGamma(dimension / 2.0 + 1)
                        - dimension * Math.log(2);
            }
        };

        abstract double distance(double[] a, double[] b);

        /** The logarithm of the volume of a ball of diameter 1. */
        abstract double logUnitVolume(int dimension);
    }

    /**
     * @throws io.graft.engine.metrics.MetricInputException naming every parameter out of range
     */
    public Tmi {
        new InputCheck()
                .require(k > 0, "k", "is " + k, "take 1 or more, usually 3")
                .require(minDistance > 0, "min_dist", "is " + minDistance, "take a small number above 0")
                .done();
    }

    @Override
    public String name() {
        return "TMI";
    }

    @Override
    public boolean comparesDimensions() {
        return normalisation instanceof Normalisation.Pca;
    }

    @Override
    public Transferability score(SourceModel model, int[] labels) {
        Classes classes = Classes.of(model, labels);
        InputCheck check = new InputCheck();
        for (int c = 0; c < classes.count(); c++) {
            int n = classes.members(c).length;
            check.require(
                    n > k || n == 0,
                    "class " + c,
                    "has " + n + " examples, not more than k=" + k,
                    "add examples, leave the class out or take a smaller k");
        }
        check.done();
        double[][] features = normalisation.apply(model.features());
        List<Double> entropies = new ArrayList<>();
        double value = 0;
        for (int c = 0; c < classes.count(); c++) {
            int[] members = classes.members(c);
            double entropy = members.length == 0 ? 0 : entropy(features, members);
            entropies.add(entropy);
            value += entropy * members.length / labels.length;
        }
        return new Transferability(value, entropies);
    }

    /** The value as the authors' code computes it: the mean over classes of the entropy times the class's share. */
    public static double asPublishedCode(Transferability score) {
        return score.value() / score.byClass().size();
    }

    private double entropy(double[][] features, int[] members) {
        int n = members.length;
        int dimension = features[0].length;
        double logs = Arrays.stream(members)
                .mapToDouble(i -> Math.log(2 * Math.max(minDistance, neighbour(features, members, i))))
                .sum();
        return -Gamma.digamma(k) + Gamma.digamma(n) + norm.logUnitVolume(dimension) + dimension * logs / n;
    }

    private double neighbour(double[][] features, int[] members, int example) {
        return IntStream.of(members)
                .filter(j -> j != example)
                .mapToDouble(j -> norm.distance(features[example], features[j]))
                .sorted()
                .skip(k - 1L)
                .findFirst()
                .orElseThrow();
    }
}
