package io.graft.engine.methods.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.methods.NameSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** As PEFT's {@code check_target_module_exists}, whose behaviour the expectations were read from. */
class TargetMatcherTest {
    private static final List<String> LLAMA = llama();

    private static List<String> llama() {
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < 3; layer++) {
            for (String part : List.of("self_attn.q_proj", "self_attn.v_proj", "mlp.down_proj")) {
                names.add("model.layers." + layer + "." + part);
            }
        }
        names.add("lm_head");
        return names;
    }

    private static LoraConfig config(NameSelection targets, NameSelection excluded, List<Integer> layers) {
        return new LoraConfig(
                8,
                16,
                0,
                targets,
                excluded,
                layers,
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

    private static List<String> match(LoraConfig config) {
        return new TargetMatcher(config)
                .match(LLAMA, Set.of("lm_head")).stream()
                        .map(LoraTarget::module)
                        .toList();
    }

    @Test
    void aListMatchesWholeNamesAndLastParts() {
        assertThat(match(config(NameSelection.of(List.of("q_proj", "lm_head")), NameSelection.NONE, List.of())))
                .containsExactly(
                        "model.layers.0.self_attn.q_proj",
                        "model.layers.1.self_attn.q_proj",
                        "model.layers.2.self_attn.q_proj",
                        "lm_head");
        assertThatThrownBy(
                        () -> match(config(NameSelection.of(List.of("_proj", "q_pro")), NameSelection.NONE, List.of())))
                .isInstanceOfSatisfying(
                        AdapterException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(AdapterProblem.NO_TARGET))
                .hasMessageContaining("did you mean")
                .hasMessageContaining("q_proj");
    }

    @Test
    void aTextIsAnExpressionOverTheWholeName() {
        assertThat(match(config(NameSelection.of(".*\\.1\\..*\\.[qv]_proj"), NameSelection.NONE, List.of())))
                .containsExactly("model.layers.1.self_attn.q_proj", "model.layers.1.self_attn.v_proj");
        assertThatThrownBy(() -> match(config(NameSelection.of("q_proj"), NameSelection.NONE, List.of())))
                .hasMessageContaining("match none of the model's 10 linear modules");
    }

    @Test
    void allLinearLeavesOutTheHeadAndWhatIsExcluded() {
        assertThat(match(config(NameSelection.of("all-linear"), NameSelection.of(List.of("down_proj")), List.of())))
                .hasSize(6)
                .doesNotContain("lm_head");
        assertThat(match(config(NameSelection.of("all-linear"), NameSelection.of(".*self_attn.*"), List.of())))
                .hasSize(3);
    }

    @Test
    void layersLimitAList() {
        assertThat(match(config(NameSelection.of(List.of("q_proj")), NameSelection.NONE, List.of(0, 2))))
                .containsExactly("model.layers.0.self_attn.q_proj", "model.layers.2.self_attn.q_proj");
        assertThatThrownBy(() -> match(config(NameSelection.of(List.of("q_proj")), NameSelection.NONE, List.of(9))))
                .hasMessageContaining("in layers [9]");
    }

    @Test
    void theFirstMatchingPatternGivesRankAndAlpha() {
        LoraConfig config = new LoraConfig(
                8,
                16,
                0,
                NameSelection.of(List.of("q_proj", "v_proj")),
                NameSelection.NONE,
                List.of(),
                List.of(),
                Map.of("layers.1.self_attn.q_proj", 2),
                Map.of("v_proj", 4.0),
                false,
                false,
                Initialization.KAIMING,
                BiasMode.NONE,
                List.of(),
                null,
                null);

        List<LoraTarget> targets = new TargetMatcher(config).match(LLAMA, Set.of());

        assertThat(targets)
                .contains(new LoraTarget("model.layers.1.self_attn.q_proj", 2, 8))
                .contains(new LoraTarget("model.layers.0.self_attn.q_proj", 8, 2))
                .contains(new LoraTarget("model.layers.0.self_attn.v_proj", 8, 0.5));
    }

    @Test
    void modulesToSaveAreNeverAdapted() {
        LoraConfig config = new LoraConfig(
                8,
                16,
                0,
                NameSelection.of("all-linear"),
                NameSelection.NONE,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                false,
                false,
                Initialization.KAIMING,
                BiasMode.NONE,
                List.of("mlp"),
                null,
                null);

        assertThat(match(config)).hasSize(6).noneMatch(name -> name.contains("mlp"));
    }

    @Test
    void bothGenerationsOfNamesMatchAVisionTransformer() {
        List<String> names = List.of(
                "vit.encoder.layer.0.attention.attention.query", "vit.encoder.layer.0.attention.output.dense",
                "vit.encoder.layer.0.intermediate.dense", "vit.encoder.layer.0.output.dense");

        assertThat(new TargetMatcher(config(NameSelection.of(List.of("q_proj", "fc2")), NameSelection.NONE, List.of()))
                        .match(names, Set.of()))
                .extracting(LoraTarget::module)
                .containsExactly(names.get(0), names.get(3));
        assertThat(ModuleAliases.of(names.get(1))).containsExactly("vit.layers.0.attention.o_proj");
        assertThat(ModuleAliases.of("vit.layers.3.mlp.fc1.weight"))
                .containsExactly("vit.encoder.layer.3.intermediate.dense.weight");
        assertThat(ModuleAliases.of("bert.encoder.layer.0.attention.self.query"))
                .isEmpty();
    }

    @Test
    void usualTargetsAreKnownForUsualTypes() {
        assertThat(DefaultTargets.of("bert").names()).containsExactly("query", "value");
        assertThatThrownBy(() -> DefaultTargets.of("resnet"))
                .hasMessageContaining("must be given for a model of type 'resnet'");
    }
}
