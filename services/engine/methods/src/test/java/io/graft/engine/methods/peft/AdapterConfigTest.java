package io.graft.engine.methods.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.methods.NameSelection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterConfigTest {
    private static LoraConfig read(String json) throws IOException {
        return AdapterConfigReader.read("adapter_config.json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static String with(String fields) {
        return "{\"peft_type\": \"LORA\", \"target_modules\": [\"q_proj\"], " + fields + "}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny-llama-lora",
                "tiny-llama-rslora-l1",
                "tiny-llama-dora",
                "tiny-llama-lora-head",
                "tiny-llama-rankpattern",
                "tiny-bert-lora",
                "tiny-vit-lora"
            })
    void whatPeftWroteIsReadAndWrittenWithTheSameMeaning(String name) throws IOException {
        LoraConfig config = read(Files.readString(
                Path.of("src/test/resources/adapters").resolve(name).resolve(AdapterFolder.CONFIG)));

        assertThat(read(AdapterConfigWriter.write(config))).isEqualTo(config);
    }

    @Test
    void everySettingSurvivesTheFile() throws IOException {
        LoraConfig config = new LoraConfig(
                3,
                4.5,
                0.25,
                NameSelection.of(List.of("a", "b")),
                NameSelection.of(".*x"),
                List.of(0, 2),
                List.of("layers"),
                Map.of("a", 2),
                Map.of("b", 1.5),
                true,
                false,
                Initialization.PISSA,
                BiasMode.ALL,
                List.of("head"),
                "CAUSAL_LM",
                "base");

        assertThat(read(AdapterConfigWriter.write(config))).isEqualTo(config);
    }

    @Test
    void unknownFieldsPassWhileTheyAskForNothing() throws IOException {
        assertThat(read(with("\"new_field\": null, \"other\": false, \"third\": {}, \"fourth\": [], \"fifth\": \"\""))
                        .rank())
                .isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"peft_type\": \"LOHA\"} | peft_type is LOHA",
                "{} | peft_type is null",
                "{\"peft_type\": \"LORA\", \"use_qalora\": true} | use_qalora is true",
                "{\"peft_type\": \"LORA\", \"layer_replication\": [[0, 4]]} | layer_replication",
                "{\"peft_type\": \"LORA\", \"loftq_config\": {\"loftq_bits\": 4}} | quantised bases",
                "{\"peft_type\": \"LORA\", \"fan_in_fan_out\": true} | transposed weights",
                "{\"peft_type\": \"LORA\", \"new_field\": 3} | new_field is 3"
            })
    void whatIsNotSupportedIsRefusedByName(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        AdapterException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(AdapterProblem.CONFIG_UNSUPPORTED))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"r\": 0 | r: 0 is less than 1",
                "\"r\": -3 | r: -3 is less than 1",
                "\"r\": 2.5 | r: 2.5 is not a whole number",
                "\"r\": \"8\" | r: 8 is not a whole number",
                "\"lora_alpha\": 0 | lora_alpha: 0.0 is not above 0",
                "\"lora_alpha\": -1 | lora_alpha",
                "\"lora_dropout\": 1 | lora_dropout: 1.0 is not from 0",
                "\"lora_dropout\": -0.1 | lora_dropout",
                "\"target_modules\": \"(\" | target_modules: '(' is no regular expression",
                "\"target_modules\": 3 | target_modules: 3 is neither a text nor a list",
                "\"target_modules\": [\"a\", 3] | target_modules: 3 is not a name",
                "\"rank_pattern\": {\"a\": 0} | rank_pattern.a: 0 is less than 1",
                "\"rank_pattern\": {\"a\": 1.5} | rank_pattern.a: 1.5",
                "\"alpha_pattern\": {\"(\": 1} | alpha_pattern: '(' is no regular expression",
                "\"alpha_pattern\": [] | alpha_pattern: [] is not an object",
                "\"layers_to_transform\": [-1] | layers_to_transform: -1 is not an index",
                "\"layers_pattern\": \"h\" | layers_pattern: goes with layers_to_transform",
                "\"init_lora_weights\": \"loftq\" | init_lora_weights: loftq changes the base",
                "\"init_lora_weights\": \"pissa_niter_4\" | init_lora_weights: pissa_niter_4",
                "\"bias\": \"some\" | bias: some is none of",
                "\"use_dora\": \"yes\" | use_dora: yes is neither",
                "\"use_dora\": true, \"init_lora_weights\": \"pissa\" | use_dora: not together with pissa",
                "\"task_type\": 3 | task_type: 3 is not a text"
            })
    void badValuesAreRefusedByName(String field, String message) {
        String json = field.contains("target_modules") ? "{\"peft_type\": \"LORA\", " + field + "}" : with(field);

        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        AdapterException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(AdapterProblem.CONFIG_VALUE))
                .hasMessageContaining(message);
    }

    @Test
    void layersGoWithAListOfTargetsOnly() {
        assertThatThrownBy(() ->
                        read("{\"peft_type\": \"LORA\", \"target_modules\": \".*q\", \"layers_to_transform\": [1]}"))
                .hasMessageContaining("layers_to_transform: goes with a list of target_modules only");
    }

    @Test
    void severalBadValuesAreNamedAtOnce() {
        assertThatThrownBy(() -> read(with("\"r\": 0, \"lora_alpha\": 0, \"lora_dropout\": 2")))
                .hasMessageContaining("r: 0")
                .hasMessageContaining("lora_alpha: 0.0")
                .hasMessageContaining("lora_dropout: 2.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{} {}", "{\"r\": 1, \"r\": 2}", "{\"r\": NaN}", "nonsense"})
    void whatIsNoJsonObjectIsRefused(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        AdapterException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(AdapterProblem.CONFIG_MALFORMED));
    }

    @Test
    void hugeAndDeepFilesAreRefused() {
        assertThatThrownBy(() -> read(" ".repeat(2 << 20))).hasMessageContaining("longer than 1 MB");
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}"))
                .isInstanceOf(AdapterException.class);
    }
}
