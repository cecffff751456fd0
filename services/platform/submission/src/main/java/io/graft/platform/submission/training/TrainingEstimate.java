package io.graft.platform.submission.training;

import com.google.protobuf.util.Durations;
import io.graft.platform.submission.ByteCount;
import io.graft.platform.submission.Input;
import io.graft.v1.JobEstimate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Works out what a job that runs a network needs, and says how. The time is a rough one, for a processor of two cores.
 *
 * @param inputs what is pulled
 * @param parameters elements of all weights
 * @param trainable elements that are trained; 0 when the network is only run
 * @param stateBytes bytes of optimizer state an element that is trained
 * @param positions tokens, or patches, of a forward pass
 * @param width elements that a layer hands on for each of them
 * @param layers layers one after the other
 * @param passes forward passes in all
 * @param outputBytes what the job commits
 */
public record TrainingEstimate(
        List<? extends Input> inputs,
        long parameters,
        long trainable,
        long stateBytes,
        long positions,
        long width,
        long layers,
        double passes,
        long outputBytes) {
    private static final long JVM_BYTES = 384L << 20;
    private static final long LIBRARY_BYTES = 512L << 20;
    private static final long FLOAT = 4;
    private static final long KEPT_FOR_GRADIENTS = 16;
    private static final long OPERATIONS_A_SECOND = 20_000_000_000L;
    private static final int CHECKPOINTS = 2;

    /** Copies the inputs. */
    public TrainingEstimate {
        inputs = List.copyOf(inputs);
    }

    /** The estimate with its arithmetic. */
    public JobEstimate estimate() {
        long weights = FLOAT * parameters;
        long gradients = (FLOAT + stateBytes) * trainable;
        long kept = trainable == 0 ? 2 : KEPT_FOR_GRADIENTS * Math.max(1, layers);
        long activations = FLOAT * positions * width * kept;
        long memory = JVM_BYTES + LIBRARY_BYTES + weights + gradients + activations;
        long pulled = inputs.stream().mapToLong(Input::bytes).sum();
        long checkpoint = (FLOAT + stateBytes) * trainable;
        long disk = pulled + outputBytes + CHECKPOINTS * checkpoint;
        // Forward 2 operations a weight and position; backward as many for the activations, and again for trained
        // weights.
        double factor = trainable == 0 ? 2 : 4 + 2.0 * trainable / Math.max(1, parameters);
        double operations = factor * parameters * positions * passes;
        long seconds = Math.max(1, Math.round(operations / OPERATIONS_A_SECOND));
        String sum = inputs.stream()
                .map(input -> input.role() + " " + ByteCount.text(input.bytes()))
                .collect(Collectors.joining(" + "));
        JobEstimate.Builder estimate = JobEstimate.newBuilder()
                .setMemoryBytes(memory)
                .setDiskBytes(disk)
                .setOutputBytes(outputBytes)
                .setTime(Durations.fromSeconds(seconds))
                .addArithmetic(
                        "memory: " + ByteCount.text(JVM_BYTES) + " for the JVM + " + ByteCount.text(LIBRARY_BYTES)
                                + " for the tensor library + weights " + number(parameters) + " x 4 B + trained "
                                + number(trainable) + " x " + (FLOAT + stateBytes)
                                + " B of gradient and optimizer + activations "
                                + number(positions) + " positions x " + number(width) + " x " + kept + " x 4 B = "
                                + ByteCount.text(memory));
        if (outputBytes > 0) {
            estimate.addArithmetic("output: " + ByteCount.text(outputBytes));
        }
        String checkpoints =
                checkpoint == 0 ? "" : " + " + CHECKPOINTS + " checkpoints of " + ByteCount.text(checkpoint);
        return estimate.addArithmetic("disk: " + sum + " + output " + ByteCount.text(outputBytes) + checkpoints + " = "
                        + ByteCount.text(disk))
                .addArithmetic(String.format(
                        Locale.ROOT,
                        "time: %,.0f passes x %,d positions x %,d weights x %.1f operations / %,d operations a second = %,d s",
                        passes,
                        positions,
                        parameters,
                        factor,
                        OPERATIONS_A_SECOND,
                        seconds))
                .build();
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
