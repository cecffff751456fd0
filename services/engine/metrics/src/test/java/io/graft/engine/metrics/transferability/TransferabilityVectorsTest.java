package io.graft.engine.metrics.transferability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.metrics.MetricInputException;
import io.graft.engine.metrics.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TransferabilityVectorsTest {
    private static final Offset<Double> CLOSE = within(1e-4);
    private static final Tmi BARELY_CLAMPED = new Tmi(3, 1e-9, Tmi.Norm.MAX, new Normalisation.None());

    private final JsonNode cases = Vectors.cases("transferability");
    private final double[][] features = Vectors.matrix(cases.get("features"));
    private final int[] labels = Vectors.ints(cases.get("labels"));
    private final SourceModel model = new SourceModel("model", features, Vectors.matrix(cases.get("source_probs")));

    @Test
    void tmiOfThePaperAndOfThePublishedCode() {
        Transferability score = Tmi.PUBLISHED.score(model, labels);
        assertClose(score.byClass(), cases.get("TMI per-class entropies k=3 max-norm min_dist=1"));
        assertThat(score.value())
                .isCloseTo(cases.get("TMI paper convention sum_c p_c H_c").asDouble(), CLOSE);
        assertThat(Tmi.asPublishedCode(score))
                .isCloseTo(
                        cases.get("TMI repo convention (mean over classes of p_c*H_c)")
                                .asDouble(),
                        CLOSE);
        assertThat(new Tmi(3, 1e-6, Tmi.Norm.MAX, new Normalisation.None())
                        .score(model, labels)
                        .value())
                .isCloseTo(cases.get("TMI sum, min_dist=1e-6").asDouble(), CLOSE);
    }

    @ParameterizedTest
    @CsvSource({"0.2", "0.5"})
    void tmiOfSmallFeaturesMeetsTheFloor(double scale) {
        SourceModel small = model("small", scaled(scale));
        JsonNode clamped =
                cases.get("TMI with features*" + scale + " (min_dist=1 clamp active): per-class, repo mean, paper sum");
        Transferability score = Tmi.PUBLISHED.score(small, labels);
        assertClose(score.byClass(), clamped.get(0));
        assertThat(Tmi.asPublishedCode(score)).isCloseTo(clamped.get(1).asDouble(), CLOSE);
        assertThat(score.value()).isCloseTo(clamped.get(2).asDouble(), CLOSE);
        assertThat(BARELY_CLAMPED.score(small, labels).value())
                .isCloseTo(
                        cases.get("TMI with features*" + scale + ", min_dist=1e-9: paper sum")
                                .asDouble(),
                        CLOSE);
    }

    /** Shrinking the spread within classes by s lowers the score by exactly d log(1/s). */
    @ParameterizedTest
    @CsvSource({"0.5, MAX", "0.1, MAX", "0.5, L2"})
    void neuralCollapseLowersTmi(double s, Tmi.Norm norm) {
        double[][] collapsed = new double[features.length][];
        for (int i = 0; i < features.length; i++) {
            int label = labels[i];
            int[] members = IntStream.range(0, labels.length)
                    .filter(j -> labels[j] == label)
                    .toArray();
            double[] mean = Moments.mean(features, members);
            collapsed[i] = new double[mean.length];
            for (int j = 0; j < mean.length; j++) {
                collapsed[i][j] = mean[j] + s * (features[i][j] - mean[j]);
            }
        }
        Tmi tmi = new Tmi(3, 1e-9, norm, new Normalisation.None());
        assertThat(tmi.score(model, labels).value()
                        - tmi.score(model("collapsed", collapsed), labels).value())
                .isCloseTo(3 * Math.log(1 / s), within(1e-9));
    }

    /** The entropy of a Gaussian is known; the estimate comes near it in both norms. */
    @ParameterizedTest
    @CsvSource({"MAX", "L2"})
    void tmiOfAGaussianIsItsEntropy(Tmi.Norm norm) {
        Random random = new Random(1);
        double[][] normal = new double[2000][];
        Arrays.setAll(normal, i -> new double[] {random.nextGaussian(), random.nextGaussian()});
        double entropy = new Tmi(3, 1e-12, norm, new Normalisation.None())
                .score(model("normal", normal), new int[2000])
                .value();
        assertThat(entropy).isCloseTo(Math.log(2 * Math.PI * Math.E), within(0.06));
    }

    @Test
    void normalisationsTakeScaleAndDimensionAway() {
        Tmi rms = new Tmi(3, 1e-9, Tmi.Norm.L2, new Normalisation.Rms());
        assertThat(rms.score(model("small", scaled(0.2)), labels).value())
                .isCloseTo(rms.score(model, labels).value(), within(1e-9));
        double[][] wide = Arrays.stream(features)
                .map(row -> new double[] {row[0], row[1], row[2], 0, row[0]})
                .toArray(double[][]::new);
        Tmi pca = new Tmi(3, 1e-9, Tmi.Norm.L2, new Normalisation.Pca(3));
        Tmi plain = new Tmi(3, 1e-9, Tmi.Norm.L2, new Normalisation.None());
        assertThat(pca.score(model, labels).value())
                .as("a rotation")
                .isCloseTo(plain.score(model, labels).value(), within(1e-9));
        assertThat(ModelRanking.of(pca, List.of(model, model("wide", wide)), labels))
                .hasSize(2);
    }

    @Test
    void theOthers() {
        assertThat(new Leep().score(model, labels).value())
                .isCloseTo(cases.get("LEEP").asDouble(), CLOSE);
        assertThat(new Nce().score(model, labels).value())
                .isCloseTo(cases.get("NCE (argmax source labels)").asDouble(), CLOSE);
        assertThat(new LogMe().score(model, labels).value())
                .isCloseTo(cases.get("LogME").asDouble(), CLOSE);
        assertThat(new HScore().score(model, labels).value())
                .isCloseTo(cases.get("H-score").asDouble(), CLOSE);
    }

    @Test
    void rankingPutsTheBestFirst() {
        List<RankedModel> ranked = ModelRanking.of(
                Tmi.PUBLISHED, List.of(model("small", scaled(0.2)), model, model("half", scaled(0.5))), labels);
        assertThat(ranked).extracting(RankedModel::model).containsExactly("model", "half", "small");
        assertThat(ranked).allSatisfy(r -> assertThat(r.wallTime()).isPositive());
    }

    @Test
    void refusals() {
        int[] few = labels.clone();
        Arrays.fill(few, 0);
        few[3] = 1;
        few[4] = 2;
        assertThatThrownBy(() -> Tmi.PUBLISHED.score(model, few))
                .isInstanceOf(MetricInputException.class)
                .hasMessageContaining("class 1 has 1 examples")
                .hasMessageContaining("class 2 has 1 examples");
        assertThatThrownBy(() -> model("bad", new double[][] {{1, Double.NaN}, {1}}))
                .hasMessageContaining("bad.features[0][1] is NaN")
                .hasMessageContaining("bad.features[1] has 1 values");
        SourceModel headless = SourceModel.headless("headless", features);
        assertThatThrownBy(() -> new Leep().score(headless, labels))
                .hasMessageContaining("headless.source_probabilities is absent, but LEEP");
        assertThatThrownBy(() -> new Nce().score(headless, labels)).hasMessageContaining("but NCE");
        SourceModel narrow = model("narrow", new double[24][2]);
        assertThatThrownBy(() -> ModelRanking.of(Tmi.PUBLISHED, List.of(model, narrow), labels))
                .hasMessageContaining("narrow.features has 2 columns, model has 3")
                .hasMessageContaining("normalise with PCA");
        assertThatThrownBy(() -> new Tmi(0, 0, Tmi.Norm.MAX, new Normalisation.None()))
                .hasMessageContaining("k is 0")
                .hasMessageContaining("min_dist is 0");
        assertThatThrownBy(() -> Tmi.PUBLISHED.score(model, new int[3]))
                .hasMessageContaining("labels has 3 entries, but model.features has 24");
        assertThatThrownBy(() -> ModelRanking.of(new Leep(), List.of(), labels))
                .hasMessageContaining("models is empty");
    }

    private SourceModel model(String name, double[][] values) {
        return values.length == labels.length
                ? new SourceModel(name, values, Vectors.matrix(cases.get("source_probs")))
                : SourceModel.headless(name, values);
    }

    private double[][] scaled(double scale) {
        return Arrays.stream(features)
                .map(row -> Arrays.stream(row).map(v -> v * scale).toArray())
                .toArray(double[][]::new);
    }

    private static void assertClose(List<Double> actual, JsonNode expected) {
        assertThat(actual.stream().mapToDouble(Double::doubleValue).toArray())
                .containsExactly(Vectors.doubles(expected), CLOSE);
    }
}
