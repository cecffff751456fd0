package io.graft.engine.methods.peft;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two generations of names for one module. transformers 5 renamed the modules of ViT in memory while it goes on writing
 * checkpoints with the old names, so adapters of both generations exist for the same checkpoint. Only names below
 * {@code vit} are meant: BERT has modules of the same last names that were not renamed.
 */
final class ModuleAliases {
    private record Alias(Pattern old, String oldForm, Pattern renamed, String newForm) {
        static Alias of(String oldName, String newName) {
            return new Alias(
                    Pattern.compile(
                            "(^|.*\\.)vit\\.encoder\\.layer\\.(\\d+)\\." + Pattern.quote(oldName) + "(\\..*|$)"),
                    "$1vit.encoder.layer.$2." + oldName + "$3",
                    Pattern.compile("(^|.*\\.)vit\\.layers\\.(\\d+)\\." + Pattern.quote(newName) + "(\\..*|$)"),
                    "$1vit.layers.$2." + newName + "$3");
        }
    }

    /** Longer old names first: {@code attention.output.dense} ends in {@code output.dense}. */
    private static final List<Alias> VIT = List.of(
            Alias.of("attention.attention.query", "attention.q_proj"),
            Alias.of("attention.attention.key", "attention.k_proj"),
            Alias.of("attention.attention.value", "attention.v_proj"),
            Alias.of("attention.output.dense", "attention.o_proj"),
            Alias.of("intermediate.dense", "mlp.fc1"),
            Alias.of("output.dense", "mlp.fc2"),
            Alias.of("layernorm_before", "layernorm_before"),
            Alias.of("layernorm_after", "layernorm_after"));

    private ModuleAliases() {}

    /**
     * The name under which the model has a module or parameter.
     *
     * @param known tells the model's names
     * @return the name itself if the model knows it or none of its aliases
     */
    static String resolve(String name, Predicate<String> known) {
        if (!known.test(name)) {
            for (String alias : of(name)) {
                if (known.test(alias)) {
                    return alias;
                }
            }
        }
        return name;
    }

    /** The other names of a module; none for most. */
    static List<String> of(String name) {
        List<String> others = new ArrayList<>();
        for (Alias alias : VIT) {
            Matcher old = alias.old().matcher(name);
            if (old.matches()) {
                others.add(old.replaceFirst(alias.newForm()));
            }
            Matcher renamed = alias.renamed().matcher(name);
            if (renamed.matches()) {
                others.add(renamed.replaceFirst(alias.oldForm()));
            }
        }
        return others;
    }
}
