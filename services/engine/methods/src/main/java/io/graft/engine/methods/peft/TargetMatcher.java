package io.graft.engine.methods.peft;

import io.graft.platform.methods.NameSelection;
import io.graft.platform.methods.NearMiss;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the modules that a configuration means, as PEFT's {@code check_target_module_exists} does: an entry of a list
 * matches a whole name or its last parts, a text is a regular expression over the whole name or {@code all-linear}. The
 * names of both generations of ViT match.
 */
public final class TargetMatcher {
    private final LoraConfig config;

    public TargetMatcher(LoraConfig config) {
        this.config = config;
    }

    /**
     * The modules, with their ranks and scalings, in the order of the names.
     *
     * @param linears full names of the model's linear modules
     * @param heads those among them that are output heads, which {@code all-linear} leaves out
     * @throws AdapterException if nothing matches; the message names near misses
     */
    public List<LoraTarget> match(Collection<String> linears, Set<String> heads) {
        Predicate<String> wanted = wanted(heads);
        Predicate<String> excluded = matches(config.excluded());
        List<LoraTarget> targets = new ArrayList<>();
        for (String module : linears) {
            List<String> names = new ArrayList<>(List.of(module));
            names.addAll(ModuleAliases.of(module));
            if (names.stream().noneMatch(excluded)
                    && !isSaved(module)
                    && names.stream().anyMatch(wanted)) {
                String named = names.stream().filter(wanted).findFirst().orElse(module);
                int rank = valueOf(config.rankPattern(), named, config.rank());
                double alpha = valueOf(config.alphaPattern(), named, config.alpha());
                targets.add(new LoraTarget(module, rank, config.scaling(rank, alpha)));
            }
        }
        if (targets.isEmpty()) {
            throw noTarget(linears);
        }
        return List.copyOf(targets);
    }

    /** Whether a module, or one it is part of, is trained whole. */
    boolean isSaved(String module) {
        return config.modulesToSave().stream()
                .anyMatch(saved -> Pattern.compile("(^|.*\\.)" + saved + "($|\\..*)")
                        .matcher(module)
                        .matches());
    }

    private Predicate<String> wanted(Set<String> heads) {
        if (LoraConfig.ALL_LINEAR.equalsIgnoreCase(config.targets().text())) {
            return module -> !heads.contains(module);
        }
        Predicate<String> named = matches(config.targets());
        if (config.layers().isEmpty()) {
            return named;
        }
        List<String> whole = config.targets().names();
        return module -> whole.contains(module) || (named.test(module) && isInLayers(module));
    }

    private static Predicate<String> matches(NameSelection selection) {
        if (selection.text() != null) {
            return Pattern.compile(selection.text()).asMatchPredicate();
        }
        return module ->
                selection.names().stream().anyMatch(name -> module.equals(name) || module.endsWith("." + name));
    }

    private boolean isInLayers(String module) {
        List<String> expressions = config.layersPattern().isEmpty()
                ? List.of(".*?\\.[^.]*\\.(\\d+)\\.")
                : config.layersPattern().stream()
                        .map(name -> "(?:^|.*?\\.)" + name + "\\.(\\d+)\\.")
                        .toList();
        for (String expression : expressions) {
            Matcher matcher = Pattern.compile(expression).matcher(module);
            if (matcher.lookingAt()) {
                return config.layers().contains(Integer.parseInt(matcher.group(1)));
            }
        }
        return false;
    }

    private static <V> V valueOf(Map<String, V> pattern, String module, V otherwise) {
        for (Map.Entry<String, V> entry : pattern.entrySet()) {
            if (Pattern.compile("(.*\\.)?(" + entry.getKey() + ")")
                    .matcher(module)
                    .matches()) {
                return entry.getValue();
            }
        }
        return otherwise;
    }

    private AdapterException noTarget(Collection<String> linears) {
        String asked = config.targets().text() == null
                ? String.join(", ", config.targets().names())
                : "'" + config.targets().text() + "'";
        Set<String> lastParts = new LinkedHashSet<>();
        linears.forEach(module -> lastParts.add(module.substring(module.lastIndexOf('.') + 1)));
        Set<String> near = new LinkedHashSet<>();
        config.targets().names().forEach(name -> near.addAll(NearMiss.of(name, lastParts, 2)));
        String layers = config.layers().isEmpty() ? "" : " in layers " + config.layers();
        return new AdapterException(
                AdapterProblem.NO_TARGET,
                "target_modules: " + asked + layers + " match none of the model's " + linears.size()
                        + " linear modules"
                        + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?")
                        + (near.isEmpty() ? "; they end in " : " They end in ") + String.join(", ", lastParts));
    }
}
