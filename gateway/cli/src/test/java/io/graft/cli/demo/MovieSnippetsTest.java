package io.graft.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MovieSnippetsTest {
    @Test
    void bothPartsAreWholeAndShareNoText() throws IOException {
        List<JsonObject> train = rows("train.jsonl");
        List<JsonObject> test = rows("test.jsonl");

        assertThat(train).hasSize(3_000);
        assertThat(test).hasSize(1_000);
        assertThat(positive(train)).isEqualTo(1_507);
        assertThat(positive(test)).isEqualTo(494);
        Set<String> texts = new HashSet<>();
        assertThat(train).allMatch(row -> texts.add(row.get("text").getAsString()));
        assertThat(test).allMatch(row -> texts.add(row.get("text").getAsString()));
    }

    private static long positive(List<JsonObject> rows) {
        return rows.stream()
                .filter(row -> row.get("label").getAsString().equals("positive"))
                .count();
    }

    private static List<JsonObject> rows(String name) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(MovieSnippetsTest.class.getResourceAsStream("movie-snippets/" + name)),
                StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .toList();
        }
    }
}
