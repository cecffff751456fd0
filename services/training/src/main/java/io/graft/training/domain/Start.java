package io.graft.training.domain;

import io.graft.platform.submission.Input;
import io.graft.platform.submission.training.Network;
import java.util.List;

/**
 * Where the weights of a training come from.
 *
 * @param field of the request that says so
 * @param inputs what is pulled for it
 * @param parameters elements of all weights; for a new network worked out from its sizes
 */
record Start(
        String field, String modelType, Network network, long parameters, List<Input> inputs, List<String> warnings) {
    Start {
        inputs = List.copyOf(inputs);
        warnings = List.copyOf(warnings);
    }
}
