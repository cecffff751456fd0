package io.graft.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.Architecture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigReaderTest {
    @Test
    void keepsWhatDecidesAndNothingElse() throws IOException {
        Architecture architecture = read("""
                {"model_type": "llama", "hidden_size": 4096, "torch_dtype": "bfloat16", "tie_word_embeddings": false,
                 "hidden_act": "silu", "rope_scaling": null, "initializer_range": 0.02}""");
        assertThat(architecture.getModelType()).isEqualTo("llama");
        assertThat(architecture.getConfigMap())
                .containsOnlyKeys("hidden_size", "tie_word_embeddings", "hidden_act")
                .containsEntry("hidden_size", "4096")
                .containsEntry("tie_word_embeddings", "false")
                .containsEntry("hidden_act", "\"silu\"");
    }

    @Test
    void spellsEqualValuesEqually() throws IOException {
        Architecture left = read("""
                {"model_type": "x", "rope_theta": 1e6, "rope_scaling": {"b": 1.50, "a": [1, 2.0]}}""");
        Architecture right = read("""
                {"model_type": "x", "rope_scaling": {"a": [1.0, 2], "b": 1.5}, "rope_theta": 1000000.0}""");
        assertThat(left).isEqualTo(right);
        assertThat(left.getConfigMap()).containsEntry("rope_scaling", "{\"a\":[1,2],\"b\":1.5}");
    }

    @Test
    void readsTheNewerSpellingOfRotaryPositions() throws IOException {
        Architecture older = read("""
                {"model_type": "x", "rope_theta": 10000, "rope_scaling": null}""");
        Architecture newer = read("""
                {"model_type": "x", "rope_parameters": {"rope_theta": 10000.0, "rope_type": "default"}}""");
        assertThat(newer).isEqualTo(older);
        assertThat(read("""
                        {"model_type": "x", "rope_parameters": {"rope_theta": 1, "rope_type": "yarn", "factor": 4}}""").getConfigMap()).containsEntry("rope_scaling", "{\"factor\":4,\"rope_type\":\"yarn\"}");
    }

    @Test
    void looksIntoTheTextPartOfALargerModel() throws IOException {
        assertThat(read("""
                        {"model_type": "gemma3", "text_config": {"model_type": "gemma3_text", "hidden_size": 8}}"""))
                .isEqualTo(Architecture.newBuilder()
                        .setModelType("gemma3")
                        .putConfig("hidden_size", "8")
                        .build());
    }

    @Test
    void keepsAHugeExponentShort() throws IOException {
        assertThat(read("""
                        {"model_type": "x", "rope_theta": 1e999999}""").getConfigMap()).containsEntry("rope_theta", "1E+999999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} {}",
                "{\"model_type\": \"\"}",
                "{\"model_type\": 3}",
                "{\"model_type\": \"a\", \"model_type\": \"b\"}"
            })
    void refusesWhatIsNoConfiguration(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(GraftException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_MODEL);
            assertThat(e.metadata()).containsEntry("file", "config.json");
        });
    }

    private static Architecture read(String text) throws IOException {
        return ConfigReader.architecture(
                "config.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
