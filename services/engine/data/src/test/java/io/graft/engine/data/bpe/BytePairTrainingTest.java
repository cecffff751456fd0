package io.graft.engine.data.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.graft.engine.data.DataException;
import io.graft.engine.data.TextTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairTrainingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder = Path.of("");

    @Test
    void learnsWhatThePublishedTrainerLearns() throws IOException {
        BytePairTraining.ofSize(1_200).run(corpus(), folder);

        JsonNode model =
                JSON.readTree(folder.resolve("tokenizer.json").toFile()).get("model");
        try (InputStream expected = resource("learnt.json")) {
            JsonNode learnt = JSON.readTree(expected);
            assertThat(model.get("vocab")).isEqualTo(learnt.get("vocab"));
            assertThat(model.get("merges")).isEqualTo(learnt.get("merges"));
        }
    }

    @Test
    void theTokenizerLibraryReadsWhatIsWritten() throws IOException {
        BytePairTraining.ofSize(1_200).run(corpus(), folder);

        try (TextTokenizer tokenizer = TextTokenizer.open(folder)) {
            String text = "First Citizen:\n\tnaïve 日本 🙂  we'll";
            int[] ids = tokenizer.encode(text, null, true).ids();
            assertThat(tokenizer.vocabularySize()).isEqualTo(1_200);
            assertThat(ids.length).isLessThan(text.getBytes(StandardCharsets.UTF_8).length * 2 / 3);
            assertThat(tokenizer.decode(ids, true)).isEqualTo(text);
            assertThat(tokenizer.endId()).hasValue(0);
            assertThat(tokenizer.encode("a<|endoftext|>", null, true).ids()).endsWith(0);
        }
    }

    @Test
    void smallCorpusGivesASmallVocabulary() throws IOException {
        WordCounts words = new WordCounts();
        words.add("ab ab");

        new BytePairTraining(1_000, List.of("<s>", "</s>"), "</s>", 1).run(words, folder);

        try (TextTokenizer tokenizer = TextTokenizer.open(folder)) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(260);
        }
    }

    @Test
    void sizesTokensAndTextsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> BytePairTraining.ofSize(256))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Choose from 257");
        assertThatThrownBy(() -> new BytePairTraining(300, List.of("a", "a"), "b", 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("List each once");
        assertThatThrownBy(() -> BytePairTraining.ofSize(300).run(new WordCounts(), folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no word");
    }

    private static WordCounts corpus() throws IOException {
        WordCounts words = new WordCounts();
        try (InputStream text = new GZIPInputStream(resource("corpus.txt.gz"))) {
            words.add(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
        return words;
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(BytePairTrainingTest.class.getResourceAsStream(name));
    }
}
