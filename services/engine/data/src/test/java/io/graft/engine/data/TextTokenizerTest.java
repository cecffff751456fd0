package io.graft.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTokenizerTest {
    private static final String OLD = "The old engineer repairs the broken clock";
    private static final String NURSE = "A nurse cleans an empty box";

    @Test
    void encodesAndDecodesAsThePublishedLibrary() throws IOException {
        try (TextTokenizer tokenizer = Fixtures.llama()) {
            for (JsonNode text : JsonFile.read(Fixtures.resource("tokenizer-cases.json"))) {
                List<Integer> expected = new ArrayList<>();
                text.path("ids").forEach(id -> expected.add(id.asInt()));

                int[] ids =
                        tokenizer.encode(text.path("text").asText(), null, true).ids();

                assertThat(ids).as(text.toString()).containsExactly(expected.toArray(Integer[]::new));
                assertThat(tokenizer.decode(ids, true))
                        .isEqualTo(text.path("decoded").asText());
            }
        }
    }

    @Test
    void pairsHaveTypes() throws IOException {
        try (TextTokenizer tokenizer = Fixtures.bert()) {
            TextTokenizer.Encoded pair = tokenizer.encode(OLD, NURSE, true);

            assertThat(pair.ids()).containsExactly(2, 56, 127, 126, 146, 56, 104, 86, 3, 8, 244, 217, 72, 113, 110, 3);
            assertThat(pair.types()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1);
        }
    }

    @Test
    void longTextsKeepTheirSpecialTokensWhenCut() throws IOException {
        try (TextTokenizer tokenizer = Fixtures.bert()) {
            assertThat(tokenizer.encodeCut(OLD, NURSE, 12).ids())
                    .containsExactly(2, 56, 127, 126, 146, 56, 3, 8, 244, 217, 72, 3);
            assertThat(tokenizer.encodeCut(OLD, null, 6).ids()).containsExactly(2, 56, 127, 126, 146, 3);
            assertThat(tokenizer.encode(OLD, null, true).ids()).hasSize(9);
        }
    }

    @Test
    void knowsItsSpecialTokens() throws IOException {
        try (TextTokenizer llama = Fixtures.llama();
                TextTokenizer bert = Fixtures.bert()) {
            assertThat(llama.endId()).hasValue(2);
            assertThat(llama.paddingId()).isEqualTo(3);
            assertThat(llama.vocabularySize()).isEqualTo(496);
            assertThat(bert.endId()).isEmpty();
            assertThat(bert.paddingId()).isZero();
            assertThat(bert.vocabularySize()).isEqualTo(266);
        }
    }

    @Test
    void aModelWithoutTokenizerIsRefusedWithTheCure(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> TextTokenizer.open(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Add the file");
        Fixtures.write(folder, "tokenizer.json", "{\"model\": 1}");
        assertThatThrownBy(() -> TextTokenizer.open(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("tokenizer.json is no tokenizer");
    }
}
