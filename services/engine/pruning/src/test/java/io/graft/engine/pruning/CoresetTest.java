package io.graft.engine.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoresetTest {
    private static final int COUNT = 61;
    private static final int CLASSES = 4;
    private static final int WIDTH = 5;

    private final SplittableRandom random = new SplittableRandom(11);
    private final int[] labels =
            IntStream.range(0, COUNT).map(sample -> random.nextInt(CLASSES)).toArray();
    private final HeldRows features = rows(WIDTH);
    private final HeldRows logits = rows(CLASSES);
    private final PruningInputs inputs = new PruningInputs(
            SourceSamples.labelled(CLASSES, labels),
            null,
            Map.of(RowsOf.SOURCE_FEATURES, features, RowsOf.SOURCE_LOGITS, logits));

    private HeldRows rows(int width) {
        List<float[]> rows = new ArrayList<>();
        for (int row = 0; row < COUNT; row++) {
            float[] numbers = new float[width];
            for (int number = 0; number < width; number++) {
                numbers[number] = (float) random.nextGaussian() * 2;
            }
            rows.add(numbers);
        }
        return new HeldRows(width, rows);
    }

    private Pruning prune(String method, Map<String, Object> params, double ratio) {
        return PruningMethod.choose(method, params)
                .prune(inputs, new PruneOrder(new Budget.Ratio(ratio), TieBreak.CLASS_ID, 3));
    }

    @Test
    void moderateKeepsTheMiddleOfTheDistancesToTheClassMedian() {
        double[] distances = new double[COUNT];
        for (int sample = 0; sample < COUNT; sample++) {
            for (int number = 0; number < WIDTH; number++) {
                double difference = features.rows().get(sample)[number] - median(labels[sample], number);
                distances[sample] += difference * difference;
            }
        }
        Integer[] order = IntStream.range(0, COUNT).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(sample -> distances[sample]));
        // numpy: round(61 * (0.5 - 0.4 / 2)) = 18, round(61 * (0.5 + 0.4 / 2)) = 43
        Integer[] middle = Arrays.copyOfRange(order, 18, 43);
        Arrays.sort(middle);

        assertThat(prune("moderate", Map.of(), 0.6).kept().indices()).containsExactly(middle);
    }

    private double median(int label, int number) {
        double[] sorted = IntStream.range(0, COUNT)
                .filter(sample -> labels[sample] == label)
                .mapToDouble(sample -> features.rows().get(sample)[number])
                .sorted()
                .toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    @Test
    void moderateReadsClassByClassWhenTheBufferIsSmall() {
        int wide = 8192;
        float[] one = new float[wide];
        float[] two = new float[wide];
        Arrays.fill(two, 1);
        List<float[]> many = new ArrayList<>();
        int[] which = new int[60];
        for (int sample = 0; sample < which.length; sample++) {
            which[sample] = sample % 2;
            many.add(sample % 3 == 0 ? two : one);
        }
        int[] readings = new int[1];
        Rows counted = new Rows() {
            @Override
            public int width() {
                return wide;
            }

            @Override
            public void read(Visitor visitor) {
                readings[0]++;
                new HeldRows(wide, many).read(visitor);
            }
        };
        PruningInputs large =
                new PruningInputs(SourceSamples.labelled(2, which), null, Map.of(RowsOf.SOURCE_FEATURES, counted));

        PruningMethod.choose("moderate", Map.of("buffer_mib", 1))
                .prune(large, new PruneOrder(new Budget.Ratio(0.5), TieBreak.CLASS_ID, 0));

        assertThat(readings[0]).isEqualTo(3);
    }

    @Test
    void gradientNormIsThatOfTheHead() {
        Integer[] order = IntStream.range(0, COUNT).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(this::headGradient).reversed());
        int[] greatest =
                Arrays.stream(order, 0, 25).mapToInt(each -> each).sorted().toArray();

        assertThat(prune("gradient_norm", Map.of(), 0.6).kept().indices())
                .containsExactly(Arrays.stream(greatest).boxed().toArray(Integer[]::new));
    }

    /** By central differences of the cross entropy over every weight and bias of the head. */
    private double headGradient(int sample) {
        double squares = 0;
        double step = 1e-5;
        float[] hidden = features.rows().get(sample);
        for (int label = 0; label < CLASSES; label++) {
            for (int number = 0; number <= WIDTH; number++) {
                double input = number == WIDTH ? 1 : hidden[number];
                double slope = (loss(sample, label, input * step) - loss(sample, label, -input * step)) / (2 * step);
                squares += slope * slope;
            }
        }
        return Math.sqrt(squares);
    }

    private double loss(int sample, int moved, double by) {
        float[] row = logits.rows().get(sample);
        double sum = 0;
        for (int label = 0; label < CLASSES; label++) {
            sum += Math.exp(row[label] + (label == moved ? by : 0));
        }
        return Math.log(sum) - row[labels[sample]] - (labels[sample] == moved ? by : 0);
    }

    @Test
    void randomKeepsClassesOrSamples() {
        Pruning classes = prune("random", Map.of(), 0.5);
        assertThat(classes.keptClasses()).hasSize(2);
        assertThat(classes.kept().count()).isEqualTo((int)
                IntStream.of(labels).filter(classes.keptClasses()::contains).count());

        Pruning samples = prune("random", Map.of("unit", "samples"), 0.5);
        assertThat(samples.kept().count()).isEqualTo(31);
        assertThat(samples.kept().expectedSpeedUp()).isCloseTo(61 / 31.0, within(1e-12));
        assertThat(prune("random", Map.of("unit", "samples"), 0.5).kept().digest())
                .isEqualTo(samples.kept().digest());
    }
}
