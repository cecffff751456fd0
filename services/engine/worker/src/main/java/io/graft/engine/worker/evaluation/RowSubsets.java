package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.gate.Subset;
import io.graft.engine.worker.training.DataRows;
import io.graft.platform.datasets.schema.Labels;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.GateSubset;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the examples of subsets by the values that their rows have in the files. */
final class RowSubsets {
    private RowSubsets() {}

    /**
     * The examples of each subset.
     *
     * @param measured position of each example among the rows that are measured on, as of a {@link Measurement}
     * @throws GraftException {@code MALFORMED_DATASET} naming every subset without an example
     */
    static List<Subset> of(DataRows rows, List<GateSubset> asked, int[] measured) throws IOException {
        if (asked.isEmpty()) {
            return List.of();
        }
        List<BitSet> members = Stream.generate(BitSet::new).limit(asked.size()).toList();
        rows.measured((position, row) -> {
            for (int i = 0; i < asked.size(); i++) {
                GateSubset subset = asked.get(i);
                String value = Labels.text(row.value(subset.getColumn()));
                members.get(i)
                        .set(position, value != null && subset.getValuesList().contains(value));
            }
        });
        List<Subset> subsets = IntStream.range(0, asked.size())
                .mapToObj(i -> new Subset(
                        asked.get(i).getName(),
                        IntStream.range(0, measured.length)
                                .filter(example -> members.get(i).get(measured[example]))
                                .boxed()
                                .toList()))
                .toList();
        requireExamples(subsets, measured.length);
        return subsets;
    }

    private static void requireExamples(List<Subset> subsets, int measured) {
        List<String> empty = subsets.stream()
                .filter(subset -> subset.examples().isEmpty())
                .map(Subset::name)
                .toList();
        if (!empty.isEmpty()) {
            String names = String.join(", ", empty);
            throw new GraftException(
                    ErrorCode.MALFORMED_DATASET,
                    "None of the " + measured + " rows that are measured on belongs to the subset " + names
                            + " of the gate; correct its values, measure on more rows, or leave it out",
                    Map.of("subsets", names));
        }
    }
}
