package io.graft.engine.evaluation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model made of one row.
 *
 * @param row the row's columns as JSON-like Java
 * @param target the right answer, as the model would have to write it, or the index of the right choice
 * @param arguments the texts of each request to the model
 * @param responses what the model said to each request
 * @param filtered the same after the filter: the answers that were measured
 */
public record TaskSample(
        Map<String, @Nullable Object> row,
        Object target,
        List<List<String>> arguments,
        List<Response> responses,
        List<Response> filtered) {
    public TaskSample {
        arguments = List.copyOf(arguments);
        responses = List.copyOf(responses);
        filtered = List.copyOf(filtered);
    }

    /** What the model said to one request. */
    public sealed interface Response {
        /** To a continuation. */
        record Likely(LogLikelihood logLikelihood) implements Response {}

        /** To a whole text: its log-likelihood in nats. */
        record Whole(double logLikelihood) implements Response {}

        /** To a prompt. */
        record Said(String text) implements Response {}
    }
}
