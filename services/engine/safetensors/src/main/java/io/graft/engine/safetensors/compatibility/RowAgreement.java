package io.graft.engine.safetensors.compatibility;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Works out the rows of a result from the shapes that go into it. */
final class RowAgreement {
    private static final String OTHER_MODEL = "Use models of one architecture, or exclude the tensor";

    private final VocabularyPolicy policy;
    private final ProblemLog log;

    RowAgreement(VocabularyPolicy policy, ProblemLog log) {
        this.policy = policy;
        this.log = log;
    }

    /** How a tensor is treated, and the shape of the part that gets arithmetic. */
    record Outcome(TensorAction action, List<Long> computedShape) {}

    /**
     * Compares the fine-tuned (or stored difference) shape with those of the bases.
     *
     * @return null when a problem was logged
     */
    @Nullable
    Outcome agree(String tensor, List<Long> tuned, List<List<Long>> bases) {
        if (bases.stream().allMatch(tuned::equals)) {
            return new Outcome(TensorAction.GRAFTED, tuned);
        }
        boolean rowsOnly = VocabularyTensors.contains(tensor)
                && bases.stream().allMatch(base -> VocabularyTensors.sameButRows(tuned, base));
        if (!rowsOnly) {
            log.add(ProblemKind.SHAPE_DIFFERS, tensor, OTHER_MODEL);
            return null;
        }
        return switch (policy) {
            case REFUSE -> {
                log.add(
                        ProblemKind.VOCABULARY_DIFFERS,
                        tensor,
                        "Choose the vocabulary policy ZERO_PAD_SOURCE or COMMON_ROWS, or models of one vocabulary");
                yield null;
            }
            case ZERO_PAD_SOURCE -> padded(tensor, tuned, bases);
            case COMMON_ROWS -> {
                long common = Stream.concat(Stream.of(tuned), bases.stream())
                        .mapToLong(List::getFirst)
                        .min()
                        .orElseThrow();
                yield new Outcome(TensorAction.COMMON_ROWS, withRows(tuned, common));
            }
        };
    }

    private @Nullable Outcome padded(String tensor, List<Long> tuned, List<List<Long>> bases) {
        if (bases.stream().anyMatch(base -> base.getFirst() > tuned.getFirst())) {
            log.add(
                    ProblemKind.VOCABULARY_DIFFERS,
                    tensor,
                    "ZERO_PAD_SOURCE cannot drop rows of a base; choose COMMON_ROWS");
            return null;
        }
        return new Outcome(TensorAction.PADDED, tuned);
    }

    private static List<Long> withRows(List<Long> shape, long rows) {
        return Stream.concat(Stream.of(rows), shape.stream().skip(1)).toList();
    }
}
