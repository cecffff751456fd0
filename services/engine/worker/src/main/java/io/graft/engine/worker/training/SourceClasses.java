package io.graft.engine.worker.training;

import io.graft.engine.pruning.PruningException;
import io.graft.engine.pruning.PruningProblem;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** The classes of a source, in the order of a surrogate's scores. */
final class SourceClasses {
    private static final Pattern NUMBERED = Pattern.compile("LABEL_\\d+");
    private static final int SHOWN = 5;

    private SourceClasses() {}

    /**
     * Brings both together: by name, or by number where the surrogate's labels have no names of their own.
     *
     * @throws PruningException if the surrogate was trained on other classes
     */
    static List<String> inOrder(List<String> source, List<String> surrogate) {
        if (source.size() == surrogate.size()
                && surrogate.stream().allMatch(label -> NUMBERED.matcher(label).matches())) {
            return source;
        }
        if (source.size() == surrogate.size() && new HashSet<>(source).equals(new HashSet<>(surrogate))) {
            return surrogate;
        }
        List<String> strange = source.stream()
                .filter(label -> !surrogate.contains(label))
                .limit(SHOWN)
                .toList();
        throw new PruningException(
                PruningProblem.SURROGATE_CLASSES,
                "the surrogate predicts " + surrogate.size() + " classes, but the source has " + source.size()
                        + (strange.isEmpty() ? "" : ", of which it does not know " + String.join(", ", strange))
                        + "; train it on this source");
    }
}
