package io.graft.engine.worker.transfer;

import io.graft.engine.worker.PulledInput;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The model card of a result. It says what the version is made of and nothing about when or by which attempt, so that equal
 * work has equal bytes.
 */
final class ModelCard {
    private static final String PAPER = "[arXiv 2503.20110](https://arxiv.org/abs/2503.20110)";

    private ModelCard() {}

    /**
     * One line of the table of facts.
     *
     * @param name left column
     * @param value right column
     */
    record Fact(String name, String value) {}

    static String graft(List<PulledInput> inputs, String formula, List<Fact> facts) {
        return card(
                "Graft",
                "The weights are `" + formula
                        + "`, element by element in float64 and rounded once, after \"Efficient Model"
                        + " Development through Fine-tuning Transfer\", " + PAPER + ".",
                inputs,
                facts);
    }

    static String diff(List<PulledInput> inputs, List<Fact> facts) {
        return card(
                "Diff vector",
                "The tensors are `source_finetuned - source_base`, element by element in float64 and rounded once. They are"
                        + " an update for another base and no model of their own; see " + PAPER + ".",
                inputs,
                facts);
    }

    private static String card(String title, String what, List<PulledInput> inputs, List<Fact> facts) {
        String rows = inputs.stream()
                .map(pulled -> "| " + pulled.input().getRole() + " | "
                        + pulled.input().getVersion() + " | `" + pulled.input().getDigest() + "` |\n")
                .collect(Collectors.joining());
        String lines = facts.stream()
                .map(fact -> "| " + fact.name() + " | " + fact.value() + " |\n")
                .collect(Collectors.joining());
        return """
                ---
                library_name: transformers
                tags:
                - graft
                ---
                # %s

                %s

                | input | version | digest |
                |---|---|---|
                %s
                | setting | value |
                |---|---|
                %s
                Figures of each tensor are in `graft/diagnostics.json`.
                """.formatted(title, what, rows, lines);
    }
}
