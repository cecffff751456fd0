package io.graft.engine.metrics.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.metrics.Vectors;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Corpora of a few sentences against sacrebleu, rouge_score and jiwer. */
final class TextVectorsTest {
    private static final Offset<Double> CLOSE = within(1e-4);

    static List<JsonNode> corpora() {
        return StreamSupport.stream(Vectors.cases("text").spliterator(), false).toList();
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void bleu(JsonNode corpus) {
        List<String> hypotheses = Vectors.strings(corpus.get("hyps"));
        List<List<String>> references = references(corpus);
        BleuScore score = Bleu.CORPUS.corpus(hypotheses, references);
        assertThat(score.score())
                .isCloseTo(corpus.get("corpus BLEU (13a, exp smoothing)").asDouble(), CLOSE);
        assertThat(score.precisions().stream().mapToDouble(d -> d).toArray())
                .containsExactly(Vectors.doubles(corpus.get("precisions")), CLOSE);
        assertThat(score.brevityPenalty()).isCloseTo(corpus.get("bp").asDouble(), CLOSE);
        assertThat(new int[] {(int) score.hypothesisLength(), (int) score.referenceLength()})
                .containsExactly(Vectors.ints(corpus.get("sys_len/ref_len")));
        assertThat(Bleu.CORPUS.signature(1)).isEqualTo(corpus.get("signature").asText());
        assertThat(new Bleu(BleuTokens.CHARACTER, false, false)
                        .corpus(hypotheses, references)
                        .score())
                .isCloseTo(corpus.get("corpus BLEU char tokenizer").asDouble(), CLOSE);
        assertThat(new Bleu(BleuTokens.V13A, true, false)
                        .corpus(hypotheses, references)
                        .score())
                .isCloseTo(corpus.get("corpus BLEU lowercase").asDouble(), CLOSE);
        double[] sentences = Vectors.doubles(corpus.get("sentence BLEU (effective order)"));
        for (int i = 0; i < sentences.length; i++) {
            assertThat(Bleu.SENTENCE
                            .sentence(hypotheses.get(i), references.get(i))
                            .score())
                    .isCloseTo(sentences[i], CLOSE);
        }
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void chrf(JsonNode corpus) {
        assertThat(Chrf.CHRF.corpus(Vectors.strings(corpus.get("hyps")), references(corpus)))
                .isCloseTo(corpus.get("chrF2").asDouble(), CLOSE);
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void rouge(JsonNode corpus) {
        List<String> hypotheses = Vectors.strings(corpus.get("hyps"));
        List<String> references = Vectors.strings(corpus.get("refs"));
        for (int i = 0; i < hypotheses.size(); i++) {
            JsonNode expected = corpus.get("rouge no-stem P/R/F per pair").get(i);
            String text = hypotheses.get(i);
            String reference = references.get(i);
            assertRouge(Rouge.PLAIN.ngrams(1, text, reference), expected.get("rouge1"));
            assertRouge(Rouge.PLAIN.ngrams(2, text, reference), expected.get("rouge2"));
            assertRouge(Rouge.PLAIN.longest(text, reference), expected.get("rougeL"));
            assertRouge(Rouge.PLAIN.longestOfLines(text, reference), expected.get("rougeLsum"));
            JsonNode stemmed = corpus.get("rouge stem F per pair").get(i);
            assertThat(Rouge.STEMMED.ngrams(1, text, reference).f1())
                    .isCloseTo(stemmed.get("rouge1").asDouble(), CLOSE);
            assertThat(Rouge.STEMMED.longest(text, reference).f1())
                    .isCloseTo(stemmed.get("rougeL").asDouble(), CLOSE);
        }
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void errorRates(JsonNode corpus) {
        List<String> hypotheses = Vectors.strings(corpus.get("hyps"));
        List<String> references = Vectors.strings(corpus.get("refs"));
        assertThat(ErrorRate.WORD.corpus(hypotheses, references))
                .isCloseTo(
                        corpus.get("corpus WER (jiwer, whitespace, no normalisation)")
                                .asDouble(),
                        CLOSE);
        assertThat(ErrorRate.CHARACTER.corpus(hypotheses, references))
                .isCloseTo(corpus.get("corpus CER (jiwer)").asDouble(), CLOSE);
        EditCounts words = ErrorRate.WORD.total(hypotheses, references);
        assertThat(new int[] {words.substitutions(), words.deletions(), words.insertions(), words.hits()})
                .containsExactly(Vectors.ints(corpus.get("words S/D/I/H")));
        EditCounts characters = ErrorRate.CHARACTER.total(hypotheses, references);
        assertThat(new int[] {characters.edits(), characters.referenceLength()})
                .containsExactly(Vectors.ints(corpus.get("chars S+D+I, ref chars")));
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void translationEditRate(JsonNode corpus) {
        assertThat(TranslationEditRate.corpus(Vectors.strings(corpus.get("hyps")), Vectors.strings(corpus.get("refs"))))
                .isCloseTo(corpus.get("TER").asDouble(), CLOSE);
    }

    private static void assertRouge(RougeScore score, JsonNode expected) {
        assertThat(new double[] {score.precision(), score.recall(), score.f1()})
                .containsExactly(Vectors.doubles(expected), CLOSE);
    }

    private static List<List<String>> references(JsonNode corpus) {
        return Vectors.strings(corpus.get("refs")).stream().map(List::of).toList();
    }
}
