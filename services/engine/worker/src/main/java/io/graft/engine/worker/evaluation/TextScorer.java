package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.classification.ConfusionMatrix;
import io.graft.engine.metrics.gate.Direction;
import io.graft.engine.metrics.text.Bleu;
import io.graft.engine.metrics.text.Chrf;
import io.graft.engine.metrics.text.EditCounts;
import io.graft.engine.metrics.text.ErrorRate;
import io.graft.engine.metrics.text.Rouge;
import io.graft.engine.metrics.text.RougeScore;
import io.graft.engine.metrics.text.SquadAnswers;
import io.graft.engine.metrics.text.TranslationEditRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Scores texts of one kind by the truth.
 *
 * @param references for each row one or more
 */
record TextScorer(TextKind kind, List<List<String>> references) {
    TextScorer {
        references = List.copyOf(references);
    }

    /** What texts can be. */
    enum TextKind {
        TRANSCRIPTION,
        TRANSLATION,
        SUMMARY,
        ANSWER,
        LABEL
    }

    /** What the scores rest on. */
    String signature() {
        int most = references.stream().mapToInt(List::size).max().orElse(1);
        return switch (kind) {
            case TRANSCRIPTION -> "cer wer jiwer:4";
            case TRANSLATION ->
                "bleu|" + Bleu.CORPUS.signature(most) + " chrf|" + Chrf.CHRF.signature(most)
                        + (isSingle() ? " ter|" + TranslationEditRate.signature(most) : "");
            case SUMMARY -> "rouge_score:0.1.2 stemmer:no";
            case ANSWER -> "squad:2.0";
            case LABEL -> "labels";
        };
    }

    /** The scores of predictions, one a row. */
    Measurement measure(List<String> predictions) {
        List<ExampleMetric> examples = examples(predictions);
        List<CorpusFigure> figures = figures(predictions);
        Map<String, Double> metrics = new TreeMap<>();
        examples.forEach(metric -> metrics.put(metric.name(), metric.mean()));
        figures.forEach(figure -> metrics.put(figure.name(), figure.scores().value()));
        metrics.put("rows", (double) predictions.size());
        if (kind == TextKind.LABEL) {
            metrics.put("f1_micro", examples.getFirst().mean());
        } else {
            metrics.put("empty", (double)
                    predictions.stream().filter(String::isBlank).count());
        }
        int[] rows = IntStream.range(0, predictions.size()).toArray();
        return new Measurement(new TreeMap<>(metrics), rows, examples, null, figures);
    }

    private List<ExampleMetric> examples(List<String> predictions) {
        return switch (kind) {
            case TRANSCRIPTION ->
                List.of(rate("cer", ErrorRate.CHARACTER, predictions), rate("wer", ErrorRate.WORD, predictions));
            case TRANSLATION -> List.of();
            case SUMMARY ->
                List.of(
                        rouge("rouge1", predictions, (text, truth) -> Rouge.PLAIN.ngrams(1, text, truth)),
                        rouge("rouge2", predictions, (text, truth) -> Rouge.PLAIN.ngrams(2, text, truth)),
                        rouge("rougeL", predictions, Rouge.PLAIN::longest),
                        rouge("rougeLsum", predictions, Rouge.PLAIN::longestOfLines));
            case ANSWER ->
                List.of(
                        each("f1", predictions, SquadAnswers::f1),
                        each("exact_match", predictions, SquadAnswers::exactMatch));
            case LABEL ->
                List.of(each("accuracy", predictions, (text, truths) -> text.equals(truths.getFirst()) ? 1 : 0));
        };
    }

    private List<CorpusFigure> figures(List<String> predictions) {
        return switch (kind) {
            case TRANSLATION -> {
                List<CorpusFigure> figures = new ArrayList<>();
                figures.add(new CorpusFigure(
                        "bleu", Direction.HIGHER_IS_BETTER, Bleu.CORPUS.scores(predictions, references)));
                figures.add(new CorpusFigure(
                        "chrf", Direction.HIGHER_IS_BETTER, Chrf.CHRF.scores(predictions, references)));
                if (isSingle()) {
                    figures.add(new CorpusFigure(
                            "ter", Direction.LOWER_IS_BETTER, TranslationEditRate.scores(predictions, firsts())));
                }
                yield figures;
            }
            case LABEL -> {
                List<String> classes = new ArrayList<>(new TreeSet<>(
                        Stream.concat(predictions.stream(), firsts().stream()).toList()));
                Map<String, Integer> indices = new TreeMap<>();
                classes.forEach(label -> indices.put(label, indices.size()));
                yield List.of(new CorpusFigure(
                        "f1_macro",
                        Direction.HIGHER_IS_BETTER,
                        ConfusionMatrix.macroF1Scores(
                                indices(predictions, indices), indices(firsts(), indices), classes.size())));
            }
            case TRANSCRIPTION, SUMMARY, ANSWER -> List.of();
        };
    }

    private boolean isSingle() {
        return references.stream().allMatch(row -> row.size() == 1);
    }

    private List<String> firsts() {
        return references.stream().map(List::getFirst).toList();
    }

    private static int[] indices(List<String> labels, Map<String, Integer> indices) {
        return labels.stream()
                .mapToInt(label -> indices.getOrDefault(label, -1))
                .toArray();
    }

    /** Edits over tokens, weighing as the tokens, so that the mean is the rate of the corpus. */
    private ExampleMetric rate(String name, ErrorRate rate, List<String> predictions) {
        double[] values = new double[predictions.size()];
        double[] weights = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            EditCounts counts = rate.edits(predictions.get(i), references.get(i).getFirst());
            weights[i] = counts.referenceLength();
            values[i] = counts.edits() / weights[i];
        }
        return new ExampleMetric(name, Direction.LOWER_IS_BETTER, values, weights);
    }

    private ExampleMetric rouge(String name, List<String> predictions, BiFunction<String, String, RougeScore> score) {
        return each(
                name,
                predictions,
                (text, truths) -> truths.stream()
                        .mapToDouble(truth -> score.apply(text, truth).f1())
                        .max()
                        .orElseThrow());
    }

    private ExampleMetric each(String name, List<String> predictions, ToDoubleBiFunction<String, List<String>> score) {
        double[] values = new double[predictions.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = score.applyAsDouble(predictions.get(i), references.get(i));
        }
        return ExampleMetric.of(name, Direction.HIGHER_IS_BETTER, values);
    }
}
