package io.graft.engine.metrics.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.metrics.Vectors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RandomWordsTest {
    private final JsonNode cases = Vectors.cases("words_random");

    @Test
    void stemsAreThoseOfNltk() {
        List<String> words = Words.of(cases.get("words").asText());
        assertThat(words).hasSize(2500);
        assertThat(words.stream().map(word -> word + " " + PorterStemmer.stem(word)))
                .containsExactlyElementsOf(
                        pairs(words, Words.of(cases.get("stems").asText())));
    }

    @Test
    void shiftedSentences() {
        for (JsonNode one : cases.get("ter")) {
            String hypothesis = one.get("hyp").asText();
            String reference = one.get("ref").asText();
            assertThat(TranslationEditRate.corpus(List.of(hypothesis), List.of(reference)))
                    .as("%s | %s", hypothesis, reference)
                    .isCloseTo(one.get("ter").asDouble(), within(1e-9));
        }
    }

    private static List<String> pairs(List<String> words, List<String> stems) {
        return Stream.iterate(0, i -> i < words.size(), i -> i + 1)
                .map(i -> words.get(i) + " " + stems.get(i))
                .toList();
    }
}
