package io.graft.engine.metrics.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.graft.engine.metrics.MetricInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswersTest {
    @Test
    void normalisationOfSquad() {
        assertThat(SquadAnswers.normalise("  The  Eiffel-Tower, (in) an Área!  "))
                .isEqualTo("eiffeltower in área");
        assertThat(SquadAnswers.exactMatch("The cat.", List.of("dog", "cat"))).isEqualTo(1);
        assertThat(SquadAnswers.exactMatch("cats", List.of("cat"))).isZero();
    }

    @Test
    void f1OverWordsTakesTheBestAnswer() {
        assertThat(SquadAnswers.f1("a big red cat", List.of("dog", "the red cat sat")))
                .isCloseTo(2 * (2.0 / 3) * (2.0 / 3) / (4.0 / 3), within(1e-12));
        assertThat(SquadAnswers.f1("", List.of("the"))).isEqualTo(1);
        assertThat(SquadAnswers.f1("", List.of("cat"))).isZero();
        assertThat(SquadAnswers.f1("cat cat", List.of("cat"))).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void exactMatchIsStrictButForOuterSpace() {
        assertThat(ExactMatch.of(" 42\n", "42")).isEqualTo(1);
        assertThat(ExactMatch.of("The", "the")).isZero();
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> SquadAnswers.f1("cat", List.of()))
                .isInstanceOf(MetricInputException.class)
                .hasMessageContaining("truths is empty");
        assertThatThrownBy(() -> ErrorRate.WORD.corpus(List.of("a", "b", "c"), List.of(" ", "x", "")))
                .hasMessageContaining("references[0] is empty")
                .hasMessageContaining("references[2] is empty");
        assertThatThrownBy(() -> Bleu.CORPUS.corpus(List.of("a"), List.of(List.of(), List.of("b"))))
                .hasMessageContaining("references has 2 entries, but hypotheses has 1")
                .hasMessageContaining("references[0] is empty");
        assertThatThrownBy(() -> Chrf.CHRF.corpus(List.of(), List.of())).hasMessageContaining("at least one example");
    }

    @Test
    void errorRatesExceedOne() {
        assertThat(ErrorRate.WORD.corpus(List.of("a b c d"), List.of("x"))).isEqualTo(4);
    }
}
