package io.graft.engine.worker.transfer;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that both kinds of transfer have, for their model cards. */
final class TransferFacts {
    private TransferFacts() {}

    /** Adds which tensors took part, if not all. */
    static void selection(List<ModelCard.Fact> facts, List<String> include, List<String> exclude) {
        if (!include.isEmpty()) {
            facts.add(new ModelCard.Fact("only tensors", code(include)));
        }
        if (!exclude.isEmpty()) {
            facts.add(new ModelCard.Fact("without tensors", code(exclude)));
        }
    }

    private static String code(List<String> patterns) {
        return patterns.stream()
                .map(pattern -> "`" + pattern.replace("|", "\\|").replace("`", "'") + "`")
                .collect(Collectors.joining(", "));
    }
}
