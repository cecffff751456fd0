package io.graft.engine.metrics.transferability;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.metrics.correlation.RankCorrelation;
import io.graft.engine.metrics.digits.Digits;
import io.graft.engine.metrics.digits.TinyNetwork;
import io.graft.engine.metrics.representation.LinearProbe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How well each metric orders a made-up zoo, printed and not judged: ten networks, trained for 150 or 600 steps to tell 2, 4,
 * 8, 20 or 60 groups of 60 source classes apart, and nine target classes that a linear probe learns from six rows each.
 * Classes lie in ten clusters, each with a subspace of 6 of 32 hidden dimensions, seen through a random projection to 64 with
 * a random sign, so that no linear probe on the inputs does well. Run with {@code -Dgraft.experiments=true}.
 */
@EnabledIfSystemProperty(named = "graft.experiments", matches = "true")
final class ModelZooTest {
    private static final int SEEDS = 5;
    private static final int INPUTS = 64;
    private static final int HIDDEN = 32;
    private static final int SIGNAL = 6;
    private static final int CLUSTERS = 10;
    private static final int SOURCE = 60;
    private static final int TARGET = 9;
    private static final int SHOTS = 6;
    private static final double NOISE = 0.7;

    @Test
    void printsHowWellMetricsOrderAZoo() {
        Map<String, List<Double>> correlations = new LinkedHashMap<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            Zoo zoo = Zoo.of(seed);
            for (Map.Entry<String, ToDoubleFunction<SourceModel>> each :
                    scores(zoo.labels()).entrySet()) {
                double[] scores =
                        zoo.models().stream().mapToDouble(each.getValue()).toArray();
                correlations
                        .computeIfAbsent(each.getKey(), name -> new ArrayList<>())
                        .add(RankCorrelation.spearman(scores, zoo.accuracies()));
            }
            System.out.printf(Locale.ROOT, "seed %d accuracies %s%n", seed, Arrays.toString(zoo.accuracies()));
        }
        correlations.forEach((name, values) -> System.out.printf(
                Locale.ROOT,
                "%-22s mean Spearman %6.3f of %s%n",
                name,
                values.stream().mapToDouble(v -> v).average().orElseThrow(),
                values.stream().map("%.2f"::formatted).toList()));
        assertThat(correlations)
                .hasSize(8)
                .allSatisfy((name, values) -> assertThat(values).hasSize(SEEDS).allMatch(Double::isFinite));
    }

    private static Map<String, ToDoubleFunction<SourceModel>> scores(int[] labels) {
        Map<String, ToDoubleFunction<SourceModel>> scores = new LinkedHashMap<>();
        Normalisation none = new Normalisation.None();
        scores.put(
                "TMI",
                model -> new Tmi(3, 1e-6, Tmi.Norm.MAX, none)
                        .score(model, labels)
                        .value());
        scores.put(
                "TMI, min_dist 1", model -> Tmi.PUBLISHED.score(model, labels).value());
        scores.put(
                "TMI, RMS",
                model -> new Tmi(3, 1e-6, Tmi.Norm.MAX, new Normalisation.Rms())
                        .score(model, labels)
                        .value());
        scores.put("LogME", model -> new LogMe().score(model, labels).value());
        scores.put("H-score", model -> new HScore().score(model, labels).value());
        scores.put("LEEP", model -> new Leep().score(model, labels).value());
        scores.put("NCE", model -> new Nce().score(model, labels).value());
        scores.put("less variance (baseline)", model -> -variance(model.features()));
        return scores;
    }

    private static double variance(double[][] features) {
        double[][] centred = Moments.centred(features);
        return Arrays.stream(centred)
                .flatMapToDouble(Arrays::stream)
                .map(v -> v * v)
                .average()
                .orElseThrow();
    }

    /** What the networks make of the target, and how well a probe on that does. */
    private record Zoo(List<SourceModel> models, int[] labels, double[] accuracies) {
        static Zoo of(int seed) {
            World world = new World(seed);
            Digits source = world.rows(world.sourceMeans(), 60);
            double[][] means = world.targetMeans();
            Digits target = world.rows(means, 46);
            List<SourceModel> models = new ArrayList<>();
            List<Double> accuracies = new ArrayList<>();
            for (int groups : new int[] {2, 4, 8, 20, 60}) {
                int[] coarse = Arrays.stream(source.labels())
                        .map(label -> label % groups)
                        .toArray();
                for (int steps : new int[] {150, 600}) {
                    TinyNetwork network = new TinyNetwork(seed * 31L + groups, INPUTS, INPUTS, INPUTS, groups)
                            .train(
                                    new Digits(source.images(), coarse),
                                    UnaryOperator.identity(),
                                    steps,
                                    3e-3,
                                    seed + groups + steps);
                    double[][] features =
                            target.images().stream().map(network::features).toArray(double[][]::new);
                    double[][] heads = target.images().stream()
                            .map(image -> doubles(network.probabilities(image)))
                            .toArray(double[][]::new);
                    models.add(new SourceModel(groups + "x" + steps, features, heads));
                    accuracies.add(accuracy(features, target.labels()));
                }
            }
            return new Zoo(
                    models,
                    target.labels(),
                    accuracies.stream().mapToDouble(v -> v).toArray());
        }

        /** Rows come class by class in turn, so the first are as many of each. */
        private static double accuracy(double[][] features, int[] labels) {
            int shots = SHOTS * TARGET;
            LinearProbe probe = LinearProbe.fit(Arrays.copyOf(features, shots), Arrays.copyOf(labels, shots), 1e-2);
            int[] predicted = probe.predict(features);
            return IntStream.range(shots, labels.length)
                    .mapToDouble(i -> predicted[i] == labels[i] ? 1 : 0)
                    .average()
                    .orElseThrow();
        }

        private static double[] doubles(float[] values) {
            return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
        }
    }

    /** Where classes lie and how they are seen. */
    private static final class World {
        private final Random random;
        private final double[][][] subspaces;
        private final double[][] projection;

        World(long seed) {
            random = new Random(seed);
            subspaces = new double[CLUSTERS][][];
            Arrays.setAll(subspaces, c -> gaussians(SIGNAL, HIDDEN, 1 / Math.sqrt(SIGNAL)));
            projection = gaussians(HIDDEN, INPUTS, 1 / Math.sqrt(HIDDEN));
        }

        double[][] sourceMeans() {
            double[][] means = new double[SOURCE][];
            Arrays.setAll(means, c -> mean(c % CLUSTERS));
            return means;
        }

        double[][] targetMeans() {
            double[][] means = new double[TARGET][];
            Arrays.setAll(means, c -> mean(c % 3));
            return means;
        }

        private double[] mean(int cluster) {
            return times(gaussians(1, SIGNAL, 2)[0], subspaces[cluster]);
        }

        Digits rows(double[][] means, int each) {
            List<float[]> inputs = new ArrayList<>();
            int[] labels = new int[means.length * each];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = i % means.length;
                double[] hidden = means[labels[i]].clone();
                for (int j = 0; j < HIDDEN; j++) {
                    hidden[j] += NOISE * random.nextGaussian();
                }
                double[] seen = times(hidden, projection);
                float sign = random.nextBoolean() ? 1 : -1;
                float[] input = new float[INPUTS];
                for (int j = 0; j < INPUTS; j++) {
                    input[j] = sign * (float) Math.tanh(seen[j]);
                }
                inputs.add(input);
            }
            return new Digits(inputs, labels);
        }

        private double[][] gaussians(int rows, int columns, double scale) {
            double[][] values = new double[rows][columns];
            for (double[] row : values) {
                for (int j = 0; j < columns; j++) {
                    row[j] = scale * random.nextGaussian();
                }
            }
            return values;
        }

        private static double[] times(double[] vector, double[][] matrix) {
            double[] product = new double[matrix[0].length];
            for (int i = 0; i < vector.length; i++) {
                for (int j = 0; j < product.length; j++) {
                    product[j] += vector[i] * matrix[i][j];
                }
            }
            return product;
        }
    }
}
