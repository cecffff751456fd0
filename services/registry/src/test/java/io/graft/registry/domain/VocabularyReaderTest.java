package io.graft.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.artifact.ContentDigest;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.Vocabulary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VocabularyReaderTest {
    private static final Vocabulary A_B_PAD = Vocabulary.newBuilder()
            .setSize(3)
            .setDigest("sha256:" + ContentDigest.sha256("0\0a\n1\0b\n2\0[PAD]\n".getBytes(StandardCharsets.UTF_8)))
            .build();

    @Test
    void agreesWhateverTheFormat() throws IOException {
        assertThat(json("""
                        {"version": "1.0", "added_tokens": [{"id": 2, "content": "[PAD]", "special": true}],
                         "model": {"type": "BPE", "merges": [["a", "b"]], "vocab": {"b": 1, "a": 0}}}""")).isEqualTo(A_B_PAD);
        assertThat(json("""
                        {"model": {"type": "Unigram", "vocab": [["a", -1.5], ["b", 0], ["[PAD]", 0.0]]}}""")).isEqualTo(A_B_PAD);
        assertThat(text("a\nb\n[PAD]\n")).isEqualTo(A_B_PAD);
        assertThat(text("a\r\nb\r\n[PAD]")).isEqualTo(A_B_PAD);
    }

    @Test
    void countsATokenThatIsAlsoAddedOnce() throws IOException {
        assertThat(json("""
                        {"model": {"vocab": {"a": 0, "b": 1, "[PAD]": 2}},
                         "added_tokens": [{"id": 2, "content": "[PAD]"}]}""")).isEqualTo(A_B_PAD);
    }

    @Test
    void tellsOtherIdsApart() throws IOException {
        assertThat(text("b\na\n[PAD]\n").getDigest()).isNotEqualTo(A_B_PAD.getDigest());
    }

    @Test
    void numbersTheLineAfterARepeatedToken() throws IOException {
        assertThat(text("a\na\nb\n")).isEqualTo(json("""
                        {"model": {"vocab": {"a": 1, "b": 2}}}"""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"model\": {\"vocab\": {}}}",
                "{\"model\": {\"vocab\": {\"a\": -1}}}",
                "{\"model\": {\"vocab\": {\"a\": 1.5}}}",
                "{\"model\": {\"vocab\": {\"a\": 99999999999}}}",
                "{\"model\": {\"vocab\": [[\"a\"]]}}",
                "{\"model\": {\"vocab\": [[\"a\", 1, 2]]}}",
                "{\"model\": {\"vocab\": 3}}",
                "{\"model\": {\"vocab\": {\"a\": 0}",
                "{\"model\": {\"vocab\": {\"a\": 0}}, \"added_tokens\": [{\"id\": 1}]}"
            })
    void refusesWhatIsNoTokenizer(String text) {
        assertThatThrownBy(() -> json(text))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_MODEL));
    }

    @Test
    void refusesTextThatIsNot() {
        assertThatThrownBy(() -> VocabularyReader.vocabText(
                        "vocab.txt", new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, '\n'})))
                .hasMessageContaining("UTF-8");
    }

    private static Vocabulary json(String text) throws IOException {
        return VocabularyReader.tokenizerJson(
                "tokenizer.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Vocabulary text(String text) throws IOException {
        return VocabularyReader.vocabText("vocab.txt", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
