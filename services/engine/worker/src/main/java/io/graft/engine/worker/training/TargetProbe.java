package io.graft.engine.worker.training;

import io.graft.engine.data.Example;
import io.graft.engine.data.ExampleReader;
import io.graft.engine.data.HoldoutSplit;
import io.graft.engine.data.Input;
import io.graft.engine.data.TextTokenizer;
import io.graft.engine.metrics.representation.LinearProbe;
import io.graft.engine.models.Model;
import io.graft.engine.tensors.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures how well a linear layer tells a target's classes from what a classifier of other classes hands to its head. The
 * features are brought to mean 0 and deviation 1 on the rows that the layer learns from.
 *
 * @param target its rows to learn from and to measure on, with labels
 * @param network folder with the tokenizer, or with how pictures are prepared
 * @param batchSize rows a forward pass
 */
record TargetProbe(DataRows target, Path network, int batchSize) {
    private static final double L2 = 1e-2;
    private static final double LEAST_DEVIATION = 1e-6;

    /** The share of the rows kept back that is told right; {@code heads} are the classes of the model's own head. */
    double accuracy(Torch torch, Model model, List<String> heads) throws IOException {
        if (target.arePictures()) {
            return accuracy(
                    FeatureModel.of(torch, model, heads, 0),
                    target.split((split, limits) -> ExampleReader.pictures(
                            target.folder(), split, target.roles(), target.classes(), limits, network)));
        }
        try (TextTokenizer tokenizer = TextTokenizer.open(network)) {
            return accuracy(
                    FeatureModel.of(torch, model, heads, tokenizer.paddingId()),
                    target.split((split, limits) -> ExampleReader.labelledTexts(
                            target.folder(), split, target.roles(), target.classes(), tokenizer, limits)));
        }
    }

    private double accuracy(FeatureModel network, HoldoutSplit rows) {
        double[][] learnt = features(network, rows.train());
        double[][] held = features(network, rows.held());
        standardise(learnt, held);
        int[] predicted = LinearProbe.fit(learnt, labels(rows.train()), L2).predict(held);
        int[] labels = labels(rows.held());
        return IntStream.range(0, labels.length)
                .map(row -> predicted[row] == labels[row] ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private double[][] features(FeatureModel network, List<Example> rows) {
        double[][] features = new double[rows.size()][];
        for (int from = 0; from < features.length; from += batchSize) {
            int to = Math.min(features.length, from + batchSize);
            float[] batch = network.run(rows.subList(from, to).stream()
                            .map(TargetProbe::input)
                            .toList())
                    .only();
            int width = batch.length / (to - from);
            for (int row = from; row < to; row++) {
                int at = (row - from) * width;
                features[row] = IntStream.range(at, at + width)
                        .mapToDouble(number -> batch[number])
                        .toArray();
            }
        }
        return features;
    }

    private static Input input(Example row) {
        return switch (row) {
            case Example.LabelledPicture picture ->
                new Input.Pixels(picture.pixels(), picture.channels(), picture.height(), picture.width());
            case Example.LabelledTokens text -> new Input.Tokens(text.ids());
            case Example.TokenSequence _, Example.TokenPair _ -> throw new IllegalStateException("no label");
        };
    }

    private static int[] labels(List<Example> rows) {
        return rows.stream()
                .mapToInt(row -> switch (row) {
                    case Example.LabelledPicture picture -> picture.label();
                    case Example.LabelledTokens text -> text.label();
                    case Example.TokenSequence _, Example.TokenPair _ -> throw new IllegalStateException("no label");
                })
                .toArray();
    }

    private static void standardise(double[][] learnt, double[][] held) {
        for (int i = 0; i < learnt[0].length; i++) {
            int feature = i;
            double mean = Arrays.stream(learnt)
                    .mapToDouble(row -> row[feature])
                    .average()
                    .orElseThrow();
            double variance = Arrays.stream(learnt)
                    .mapToDouble(row -> (row[feature] - mean) * (row[feature] - mean))
                    .average()
                    .orElseThrow();
            double deviation = Math.sqrt(variance) + LEAST_DEVIATION;
            for (double[][] rows : List.of(learnt, held)) {
                for (double[] row : rows) {
                    row[feature] = (row[feature] - mean) / deviation;
                }
            }
        }
    }
}
