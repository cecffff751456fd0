package io.graft.engine.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.graft.engine.metrics.text.Bleu;
import io.graft.engine.metrics.text.ErrorRate;
import io.graft.engine.worker.evaluation.TextScorer.TextKind;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

final class TextScorerTest {
    private static final List<String> READ = List.of("the cat sat", "", "a dog barks loudly");
    private static final List<String> TRUTH = List.of("the cat sits", "hello", "a dog barked");

    @Test
    void errorsOfAllRowsAreDividedByTheLengthOfAllRows() {
        Measurement measured = scorer(TextKind.TRANSCRIPTION).measure(READ);

        assertThat(measured.metrics().get("wer"))
                .as("1 + 1 + 2 edits over 3 + 1 + 3 words")
                .isCloseTo(4.0 / 7, within(1e-12));
        assertThat(measured.metrics().get("cer")).isCloseTo(ErrorRate.CHARACTER.corpus(READ, TRUTH), within(1e-12));
        assertThat(measured.metrics()).containsEntry("empty", 1.0).containsEntry("rows", 3.0);
        assertThat(measured.metric("wer"))
                .hasValueSatisfying(wer ->
                        assertThat(wer.scores().value(new int[] {0, 0})).isCloseTo(2.0 / 6, within(1e-12)));
    }

    @Test
    void translationsAreScoredAsACorpus() {
        Measurement measured = scorer(TextKind.TRANSLATION).measure(READ);

        List<List<String>> truths = TRUTH.stream().map(List::of).toList();
        assertThat(measured.metrics().get("bleu"))
                .isCloseTo(Bleu.CORPUS.corpus(READ, truths).score(), within(1e-12));
        assertThat(measured.metrics()).containsKeys("chrf", "ter");
        assertThat(scorer(TextKind.TRANSLATION).signature()).contains("nrefs:1|case:mixed", "tok:13a", "ter|");
        assertThat(measured.comparable()).extracting(RowsMetric::name).containsExactly("bleu", "chrf", "ter");
    }

    @Test
    void theBestOfSeveralReferencesCounts() {
        TextScorer summaries = new TextScorer(TextKind.SUMMARY, List.of(List.of("nothing of it", "the cat sat")));
        Measurement measured = summaries.measure(List.of("the cat sat"));
        assertThat(measured.metrics())
                .containsEntry("rouge1", 1.0)
                .containsEntry("rouge2", 1.0)
                .containsEntry("rougeL", 1.0)
                .containsEntry("rougeLsum", 1.0);

        TextScorer translations =
                new TextScorer(TextKind.TRANSLATION, List.of(List.of("a b c d", "the cat sat there")));
        SortedMap<String, Double> metrics =
                translations.measure(List.of("the cat sat there")).metrics();
        assertThat(metrics.get("bleu")).isCloseTo(100, within(1e-9));
        assertThat(metrics).doesNotContainKey("ter");
    }

    @Test
    void answersAreNormalised() {
        TextScorer scorer =
                new TextScorer(TextKind.ANSWER, List.of(List.of("the Eiffel Tower"), List.of(""), List.of("blue car")));

        assertThat(scorer.measure(List.of("Eiffel tower.", "", "red car")).metrics())
                .containsEntry("exact_match", 2.0 / 3)
                .containsEntry("f1", 2.5 / 3);
    }

    @Test
    void labelsAreCompared() {
        TextScorer scorer =
                new TextScorer(TextKind.LABEL, List.of(List.of("cat"), List.of("dog"), List.of("dog"), List.of("cow")));

        Measurement measured = scorer.measure(List.of("cat", "dog", "cat", "hen"));

        assertThat(measured.metrics())
                .containsEntry("accuracy", 0.5)
                .containsEntry("f1_micro", 0.5)
                .doesNotContainKey("empty");
        assertThat(measured.metrics().get("f1_macro"))
                .as("cat 2/3, dog 2/3, cow 0, hen 0")
                .isCloseTo((2.0 / 3 + 2.0 / 3) / 4, within(1e-12));
    }

    private static TextScorer scorer(TextKind kind) {
        return new TextScorer(kind, TRUTH.stream().map(List::of).toList());
    }
}
