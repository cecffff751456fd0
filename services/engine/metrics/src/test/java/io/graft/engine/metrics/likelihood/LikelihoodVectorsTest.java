package io.graft.engine.metrics.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.metrics.MetricInputException;
import io.graft.engine.metrics.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LikelihoodVectorsTest {
    private final JsonNode cases = Vectors.cases("loglik");

    @Test
    void choices() {
        MultipleChoice choice =
                MultipleChoice.of(Vectors.doubles(cases.get("sum_logprobs")), Vectors.ints(cases.get("bytes")));
        assertThat(choice.byLikelihood()).isEqualTo(cases.get("acc_choice").asInt());
        assertThat(choice.byLikelihoodPerByte())
                .isEqualTo(cases.get("acc_norm_choice").asInt());
        assertThat(MultipleChoice.of(new double[] {-4, -5.9}, List.of("ä", "bcd")))
                .as("two bytes against three")
                .isEqualTo(new MultipleChoice(0, 1));
    }

    @Test
    void perplexities() {
        Perplexity perplexity = new Perplexity(-42.5, 17, 9, 60);
        assertThat(perplexity.token())
                .isCloseTo(cases.get("ppl tokens: sum=-42.5,n=17").asDouble(), within(1e-6));
        assertThat(perplexity.byteLevel())
                .isCloseTo(cases.get("byte ppl: sum=-42.5, bytes=60").asDouble(), within(1e-6));
        assertThat(perplexity.bitsPerByte())
                .isCloseTo(cases.get("bits_per_byte").asDouble(), within(1e-6));
        assertThat(perplexity.word()).isCloseTo(Math.exp(42.5 / 9), within(1e-9));
    }

    @Test
    void perplexityOfTextsTogether() {
        Perplexity first = Perplexity.of(new double[] {-1, -2}, "ein Wörtchen");
        assertThat(first).isEqualTo(new Perplexity(-3, 2, 2, 13));
        assertThat(Perplexity.total(List.of(first, new Perplexity(-1, 1, 1, 3))))
                .isEqualTo(new Perplexity(-4, 3, 3, 16));
    }

    /** The examples in the documentation of lm-evaluation-harness' function: 10 tokens, at most 4. */
    @Test
    void windowsPredictEachTokenOnce() {
        assertThat(RollingWindow.of(10, 4))
                .containsExactly(new RollingWindow(-1, 0, 4), new RollingWindow(3, 4, 8), new RollingWindow(5, 8, 10));
        assertThat(RollingWindow.of(3, 4)).containsExactly(new RollingWindow(-1, 0, 3));
        assertThat(RollingWindow.of(3, 1))
                .containsExactly(new RollingWindow(-1, 0, 1), new RollingWindow(0, 1, 2), new RollingWindow(1, 2, 3));
    }

    @Test
    void spaceAtTheEndOfAPromptMoves() {
        PromptAndContinuation pair = PromptAndContinuation.of("Question: ", "yes");
        assertThat(pair).isEqualTo(new PromptAndContinuation("Question:", " yes"));
        assertThat(pair.whole()).isEqualTo("Question: yes");
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> MultipleChoice.of(new double[] {Double.NaN}, List.of("", "a")))
                .isInstanceOf(MetricInputException.class)
                .hasMessageContaining("bytes has 2 entries")
                .hasMessageContaining("log_likelihoods[0] is NaN")
                .hasMessageContaining("bytes has 0");
        assertThatThrownBy(() -> new Perplexity(1, 0, 0, 0))
                .hasMessageContaining("log_likelihood is 1.0")
                .hasMessageContaining("tokens is 0")
                .hasMessageContaining("bytes is 0");
        assertThatThrownBy(() -> RollingWindow.of(0, 0))
                .hasMessageContaining("tokens is 0")
                .hasMessageContaining("max_length is 0");
    }
}
