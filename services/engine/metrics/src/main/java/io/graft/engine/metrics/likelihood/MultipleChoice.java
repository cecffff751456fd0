package io.graft.engine.metrics.likelihood;

import io.graft.engine.metrics.InputCheck;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Choosing among continuations by their log-likelihood, as lm-evaluation-harness does. The first of equals is chosen.
 *
 * @param byLikelihood the choice with the highest log-likelihood, on which {@code acc} rests
 * @param byLikelihoodPerByte the choice with the highest log-likelihood a byte of UTF-8, on which {@code acc_bytes} rests; or
 *     a character, on which {@code acc_norm} does, where lengths are counted so
 */
public record MultipleChoice(int byLikelihood, int byLikelihoodPerByte) {
    /**
     * Chooses.
     *
     * @param logLikelihoods of each choice given the context, in nats, summed over its tokens
     * @param bytes the length of each choice, in UTF-8 or another measure
     * @throws io.graft.engine.metrics.MetricInputException for no choices, other lengths, NaN or an empty choice
     */
    public static MultipleChoice of(double[] logLikelihoods, int[] bytes) {
        new InputCheck()
                .parallel("log_likelihoods", logLikelihoods.length, "bytes", bytes.length)
                .finite("log_likelihoods", logLikelihoods)
                .require(Arrays.stream(bytes).allMatch(b -> b > 0), "bytes", "has 0", "give each choice a text")
                .done();
        double[] normalised = new double[bytes.length];
        Arrays.setAll(normalised, i -> logLikelihoods[i] / bytes[i]);
        return new MultipleChoice(highest(logLikelihoods), highest(normalised));
    }

    /** Chooses among texts, without the space that sets them off from the context. */
    public static MultipleChoice of(double[] logLikelihoods, List<String> choices) {
        return of(
                logLikelihoods,
                choices.stream()
                        .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                        .toArray());
    }

    private static int highest(double[] values) {
        return IntStream.range(0, values.length).reduce(0, (best, i) -> values[i] > values[best] ? i : best);
    }
}
