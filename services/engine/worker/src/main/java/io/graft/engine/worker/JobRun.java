package io.graft.engine.worker;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.Assignment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a runner works with.
 *
 * @param inputs in the order of the assignment
 * @param output an empty folder
 * @param progress to be told of stages and steps
 * @param stop to be asked now and then
 * @param checkpoints where intermediate states go, and where an earlier attempt's comes from
 */
public record JobRun(
        Assignment assignment,
        List<PulledInput> inputs,
        Path output,
        ProgressBoard progress,
        StopSignal stop,
        JobCheckpoints checkpoints) {
    public JobRun {
        inputs = List.copyOf(inputs);
    }

    /** The input of a role, if there is one. */
    public Optional<PulledInput> find(String role) {
        return inputs.stream()
                .filter(pulled -> pulled.input().getRole().equals(role))
                .findFirst();
    }

    /**
     * The input of a role.
     *
     * @throws GraftException {@code INTERNAL} when the assignment names none
     */
    public PulledInput input(String role) {
        return find(role)
                .orElseThrow(
                        () -> new GraftException(ErrorCode.INTERNAL, "The assignment has no input '" + role + "'"));
    }
}
