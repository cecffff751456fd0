package io.graft.engine.methods.peft;

import io.graft.platform.methods.NameSelection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What PEFT's {@code LoraConfig} says, as far as it means something here.
 *
 * @param rank r, 1 or more; that it fits each module is checked when the module is known
 * @param alpha numerator of the scaling, above 0
 * @param dropout probability on the adapter's input during training, from 0 to below 1
 * @param targets modules that get an adapter; empty for the usual ones of the model's type
 * @param excluded modules that get none, whatever {@code targets} says
 * @param layers indices of the only layers to touch; empty for all
 * @param layersPattern names of the lists that the indices count; empty for any
 * @param rankPattern rank by regular expression over a module's name, the first match counts
 * @param alphaPattern alpha likewise
 * @param rankStabilized whether the scaling is alpha / sqrt(r) (Kalajdzievski 2023) and not alpha / r
 * @param dora whether weights are split into direction and magnitude (Liu et al. 2024)
 * @param modulesToSave last parts of the names of modules that are trained and stored whole
 * @param taskType PEFT's task, for example {@code CAUSAL_LM}; null for none
 * @param baseModel a hint for people, never trusted
 */
public record LoraConfig(
        int rank,
        double alpha,
        double dropout,
        NameSelection targets,
        NameSelection excluded,
        List<Integer> layers,
        List<String> layersPattern,
        Map<String, Integer> rankPattern,
        Map<String, Double> alphaPattern,
        boolean rankStabilized,
        boolean dora,
        Initialization initialization,
        BiasMode bias,
        List<String> modulesToSave,
        @Nullable String taskType,
        @Nullable String baseModel) {
    /** The text of {@code targets} that means every linear module but the output head. */
    public static final String ALL_LINEAR = "all-linear";

    /**
     * Copies the collections, keeping their order.
     *
     * @throws AdapterException naming every setting that is out of range or excludes another
     */
    public LoraConfig {
        layers = List.copyOf(layers);
        layersPattern = List.copyOf(layersPattern);
        rankPattern = Collections.unmodifiableMap(new LinkedHashMap<>(rankPattern));
        alphaPattern = Collections.unmodifiableMap(new LinkedHashMap<>(alphaPattern));
        modulesToSave = List.copyOf(modulesToSave);
        List<String> wrong = new ArrayList<>();
        require(rank >= 1, "r: " + rank + " is less than 1", wrong);
        require(alpha > 0 && Double.isFinite(alpha), "lora_alpha: " + alpha + " is not above 0", wrong);
        require(dropout >= 0 && dropout < 1, "lora_dropout: " + dropout + " is not from 0 to below 1", wrong);
        require(
                layers.isEmpty() || targets.text() == null,
                "layers_to_transform: goes with a list of target_modules only; say the layers in the expression",
                wrong);
        require(
                layersPattern.isEmpty() || !layers.isEmpty(),
                "layers_pattern: goes with layers_to_transform only",
                wrong);
        require(layers.stream().allMatch(layer -> layer >= 0), "layers_to_transform: an index is negative", wrong);
        rankPattern.forEach(
                (key, value) -> require(value >= 1, "rank_pattern." + key + ": " + value + " is less than 1", wrong));
        alphaPattern.forEach((key, value) ->
                require(value > 0 && Double.isFinite(value), "alpha_pattern." + key + ": is not above 0", wrong));
        checkExpression("target_modules", targets.text(), wrong);
        checkExpression("exclude_modules", excluded.text(), wrong);
        rankPattern.keySet().forEach(key -> checkExpression("rank_pattern", key, wrong));
        alphaPattern.keySet().forEach(key -> checkExpression("alpha_pattern", key, wrong));
        layersPattern.forEach(key -> checkExpression("layers_pattern", key, wrong));
        modulesToSave.forEach(key -> checkExpression("modules_to_save", key, wrong));
        require(
                !(dora && initialization.changesBase()),
                "use_dora: not together with " + initialization.wireName() + ", whose base is a residual",
                wrong);
        if (!wrong.isEmpty()) {
            throw new AdapterException(AdapterProblem.CONFIG_VALUE, wrong);
        }
    }

    /** PEFT's defaults for a list of targets: rank 8, alpha 8, no dropout. */
    public static LoraConfig of(int rank, double alpha, NameSelection targets) {
        return new LoraConfig(
                rank,
                alpha,
                0,
                targets,
                NameSelection.NONE,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                false,
                false,
                Initialization.KAIMING,
                BiasMode.NONE,
                List.of(),
                null,
                null);
    }

    /** The same with another rank, alpha, patterns and an ordinary start, as an adapter that was converted has. */
    LoraConfig converted(int otherRank, double otherAlpha, Map<String, Integer> ranks, Map<String, Double> alphas) {
        return new LoraConfig(
                otherRank,
                otherAlpha,
                dropout,
                targets,
                excluded,
                layers,
                layersPattern,
                ranks,
                alphas,
                rankStabilized,
                dora,
                Initialization.KAIMING,
                bias,
                modulesToSave,
                taskType,
                baseModel);
    }

    /** The factor on BA for a rank and an alpha. */
    double scaling(int ofRank, double ofAlpha) {
        return rankStabilized ? ofAlpha / Math.sqrt(ofRank) : ofAlpha / ofRank;
    }

    private static void require(boolean holds, String message, List<String> wrong) {
        if (!holds) {
            wrong.add(message);
        }
    }

    private static void checkExpression(String setting, @Nullable String expression, List<String> wrong) {
        if (expression != null) {
            try {
                Pattern.compile(expression);
            } catch (PatternSyntaxException broken) {
                wrong.add(setting + ": '" + expression + "' is no regular expression: " + broken.getDescription());
            }
        }
    }
}
