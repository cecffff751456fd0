package io.graft.evaluation.domain;

import com.google.protobuf.util.Durations;
import io.graft.platform.submission.Input;
import io.graft.platform.submission.training.Network;
import io.graft.platform.submission.training.TrainingEstimate;
import io.graft.v1.JobEstimate;
import java.util.List;

/**
 * What an evaluation needs. Models are run one after the other, each in memory of its own.
 *
 * @param rows how many are measured
 * @param batchSize rows a forward pass
 * @param length tokens a row at most
 */
record EvaluationEstimate(long rows, int batchSize, int length) {
    private static final long REPORT = 1L << 18;
    private static final long EXAMPLE = 256;
    private static final long MOST_EXAMPLES = 100_000;

    /** Of one model. */
    JobEstimate one(Contender contender, List<Input> pulled) {
        return estimate(contender, pulled, reportBytes(rows));
    }

    /** About how many bytes a report of so many rows takes. */
    static long reportBytes(long rows) {
        return REPORT + EXAMPLE * Math.min(rows, MOST_EXAMPLES);
    }

    /** Of two models: the memory of the larger, the time of both. */
    JobEstimate two(Contender candidate, Contender baseline, List<Input> pulled) {
        JobEstimate first = one(candidate, pulled);
        JobEstimate second = estimate(baseline, List.of(), 0);
        JobEstimate.Builder both = first.toBuilder()
                .setMemoryBytes(Math.max(first.getMemoryBytes(), second.getMemoryBytes()))
                .setTime(Durations.add(first.getTime(), second.getTime()));
        second.getArithmeticList().stream()
                .filter(line -> !line.startsWith("disk:"))
                .forEach(line -> both.addArithmetic("against, " + line));
        return both.addArithmetic("both, one after the other: the larger memory, and the sum of the times")
                .build();
    }

    private JobEstimate estimate(Contender contender, List<Input> pulled, long outputBytes) {
        Network network = Network.of(contender.network().version());
        return new TrainingEstimate(
                        pulled,
                        contender.network().version().getParameterCount(),
                        0,
                        0,
                        (long) batchSize * (network.longest() == 0 ? 1 : length),
                        network.handedOn(),
                        network.layers(),
                        Math.ceil((double) rows / batchSize),
                        outputBytes)
                .estimate();
    }
}
