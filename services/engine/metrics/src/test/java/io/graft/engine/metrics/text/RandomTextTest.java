package io.graft.engine.metrics.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.metrics.Vectors;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random sentences with punctuation, entities, numbers and other scripts, against the usual tools. */
final class RandomTextTest {
    private static final Offset<Double> CLOSE = within(1e-8);

    static List<JsonNode> corpora() {
        return StreamSupport.stream(Vectors.cases("text_random").spliterator(), false)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void bleuAndChrf(JsonNode corpus) {
        List<String> hypotheses = Vectors.strings(corpus.get("hyps"));
        List<String> first = Vectors.strings(corpus.get("refs"));
        List<String> second = Vectors.strings(corpus.get("refs2"));
        List<List<String>> one = first.stream().map(List::of).toList();
        List<List<String>> two = IntStream.range(0, first.size())
                .mapToObj(i -> List.of(first.get(i), second.get(i)))
                .toList();
        assertThat(Bleu.CORPUS.corpus(hypotheses, one).score())
                .isCloseTo(corpus.get("bleu").asDouble(), CLOSE);
        assertThat(Bleu.CORPUS.scores(hypotheses, one).value())
                .isCloseTo(corpus.get("bleu").asDouble(), CLOSE);
        assertThat(Bleu.CORPUS.corpus(hypotheses, two).score())
                .isCloseTo(corpus.get("bleu2").asDouble(), CLOSE);
        assertThat(new Bleu(BleuTokens.CHARACTER, true, false)
                        .corpus(hypotheses, one)
                        .score())
                .isCloseTo(corpus.get("bleu_lc_char").asDouble(), CLOSE);
        double[] sentences = Vectors.doubles(corpus.get("sent"));
        for (int i = 0; i < sentences.length; i++) {
            assertThat(Bleu.SENTENCE.sentence(hypotheses.get(i), one.get(i)).score())
                    .isCloseTo(sentences[i], CLOSE);
        }
        assertThat(Chrf.CHRF.corpus(hypotheses, one))
                .isCloseTo(corpus.get("chrf").asDouble(), CLOSE);
        assertThat(Chrf.CHRF_PLUS_PLUS.corpus(hypotheses, two))
                .isCloseTo(corpus.get("chrfpp2").asDouble(), CLOSE);
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void translationEditRate(JsonNode corpus) {
        assertThat(TranslationEditRate.corpus(Vectors.strings(corpus.get("hyps")), Vectors.strings(corpus.get("refs"))))
                .isCloseTo(corpus.get("ter").asDouble(), CLOSE);
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void rouge(JsonNode corpus) {
        assertRouge(Rouge.PLAIN, corpus, "rouge");
        assertRouge(Rouge.STEMMED, corpus, "rouge_stem");
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void errorRates(JsonNode corpus) {
        List<String> hypotheses = Vectors.strings(corpus.get("hyps"));
        List<String> references = Vectors.strings(corpus.get("refs"));
        assertThat(ErrorRate.WORD.corpus(hypotheses, references))
                .isCloseTo(corpus.get("wer").asDouble(), CLOSE);
        assertThat(ErrorRate.CHARACTER.corpus(hypotheses, references))
                .isCloseTo(corpus.get("cer").asDouble(), CLOSE);
        EditCounts words = ErrorRate.WORD.total(hypotheses, references);
        assertThat(new int[] {words.substitutions(), words.deletions(), words.insertions(), words.hits()})
                .containsExactly(Vectors.ints(corpus.get("words SDIH")));
    }

    private static void assertRouge(Rouge rouge, JsonNode corpus, String key) {
        List<String> hypotheses = Vectors.strings(corpus.get("hyps"));
        List<String> references = Vectors.strings(corpus.get("refs"));
        for (int i = 0; i < hypotheses.size(); i++) {
            String text = inLines(hypotheses.get(i));
            String reference = inLines(references.get(i));
            JsonNode expected = corpus.get(key).get(i);
            assertScore(rouge.ngrams(1, text, reference), expected.get("rouge1"));
            assertScore(rouge.ngrams(2, text, reference), expected.get("rouge2"));
            assertScore(rouge.longest(text, reference), expected.get("rougeL"));
            assertScore(rouge.longestOfLines(text, reference), expected.get("rougeLsum"));
        }
    }

    private static String inLines(String text) {
        return text.replace(" the", "\nthe").replace(" a ", "\n");
    }

    private static void assertScore(RougeScore score, JsonNode expected) {
        assertThat(new double[] {score.precision(), score.recall(), score.f1()})
                .containsExactly(Vectors.doubles(expected), CLOSE);
    }
}
