package io.graft.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.graft.engine.data.Example.TokenSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChatTemplateTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> SPECIAL = Map.of("bos_token", "<s>", "eos_token", "</s>");
    private static final ColumnRoles CHATS = new ColumnRoles("", "", "", "", "", "messages", "", "");
    private static final String TURNS = "{% for m in messages %}<s>{{ m.role }}: {{ m.content }}</s>{% endfor %}"
            + "{% if add_generation_prompt %}<s>assistant: {% endif %}";

    @TempDir
    Path folder = Path.of("");

    static Stream<JsonNode> cases() throws IOException {
        return StreamSupport.stream(document().get("expected").spliterator(), false);
    }

    private static JsonNode document() throws IOException {
        return JSON.readTree(Fixtures.resource("chat-cases.json").toFile());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rendersWhatJinjaRenders(JsonNode expected) throws IOException {
        JsonNode document = document();
        ChatTemplate template = new ChatTemplate(
                document.at("/templates/" + expected.get("template").asText()).asText(), SPECIAL);
        List<?> messages = JSON.convertValue(
                document.at("/cases/" + expected.get("case").asText()), new TypeReference<List<Object>>() {});
        boolean prompt = expected.get("generation").asBoolean();

        if (expected.get("rendered").isNull()) {
            assertThatThrownBy(() -> template.render(messages, prompt))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(expected.get("error").asText());
        } else {
            assertThat(template.render(messages, prompt))
                    .isEqualTo(expected.get("rendered").asText());
        }
    }

    @Test
    void whatCannotBeFollowedIsRefusedAndNotGuessed() {
        List<?> chat = List.of(Map.of("role", "user", "content", "hi"));

        assertThatThrownBy(() -> new ChatTemplate("{% for m in messages if m.role %}x{% endfor %}", SPECIAL))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("loop with a condition");
        assertThatThrownBy(() -> new ChatTemplate("{{ 'a | b' | shout }}{% if x is not odder %}y{% endif %}", SPECIAL))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("uses odder, shout, which");
        for (String template : List.of(
                "{{ messages[0].content.casefold() }}",
                "{{ nonsense(1) }}",
                "{% include '/etc/hostname' %}",
                "{{ messages | tojson(indent=2) }}",
                "{% nonsense %}")) {
            assertThatThrownBy(() -> new ChatTemplate(template, SPECIAL).render(chat, false))
                    .as("template %s", template)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("refused by the chat template");
        }
    }

    @Test
    void onlyWhatTheAssistantSaysIsLearnt() throws IOException {
        try (TextTokenizer tokenizer = tokenizer(TURNS)) {
            Fixtures.write(
                    folder,
                    "data/a.jsonl",
                    "{\"messages\": [{\"role\": \"user\", \"content\": \"The cat\"}, {\"role\": \"assistant\", \"content\":"
                            + " \"A nurse\"}, {\"role\": \"user\", \"content\": \"two\"}, {\"role\": \"assistant\","
                            + " \"content\": \"box\"}]}");

            TokenSequence row = sequences(tokenizer, true);
            TokenSequence all = sequences(tokenizer, false);

            assertThat(tokenizer.decode(row.ids(), false))
                    .isEqualTo("<s>user: The cat</s><s>assistant: A nurse</s><s>user: two</s><s>assistant: box</s>");
            assertThat(learnt(tokenizer, row)).containsExactly(" A nurse</s>", " box</s>");
            assertThat(all.labels()).isEqualTo(all.ids()).isEqualTo(row.ids());
        }
    }

    @Test
    void chatsThatTheTemplateRefusesAreProblemsOfTheirRows() throws IOException {
        try (TextTokenizer tokenizer =
                tokenizer("{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}"
                        + "{% endif %}{% for m in messages %}{{ loop.last }}{{ m.content }}{% endfor %}")) {
            String answer = "{\"role\": \"assistant\", \"content\": \"yes\"}";
            Fixtures.write(
                    folder,
                    "data/a.jsonl",
                    "{\"messages\": [{\"role\": \"system\", \"content\": \"s\"}, " + answer + "]}",
                    "{\"messages\": [" + answer + "]}",
                    "{\"messages\": [{\"role\": \"user\", \"content\": \"u\"}, " + answer + "]}");

            assertThatThrownBy(() -> sequences(tokenizer, true))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll(
                            "row 1", "no system", "row 2", "begins with the assistant", "row 3", "written otherwise");
        }
    }

    @Test
    void modelWithoutTemplateIsRefusedWithTheCure() throws IOException {
        Fixtures.write(folder, "data/a.jsonl", "{}");
        try (TextTokenizer tokenizer = Fixtures.llama()) {
            assertThatThrownBy(() -> sequences(tokenizer, true))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("Add chat_template.jinja");
        }
    }

    private TokenSequence sequences(TextTokenizer tokenizer, boolean only) throws IOException {
        return (TokenSequence) ExampleReader.sequences(
                        folder.resolve("data"), "", CHATS, tokenizer, new Limits(512, false, 0), only, false)
                .getFirst();
    }

    private TextTokenizer tokenizer(String template) throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(Fixtures.resource("tiny-llama/" + name), model.resolve(name));
        }
        Files.writeString(model.resolve("chat_template.jinja"), template);
        return TextTokenizer.open(model);
    }

    private static List<String> learnt(TextTokenizer tokenizer, TokenSequence row) {
        List<String> spans = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= row.labels().length; i++) {
            boolean learns = i < row.labels().length && row.labels()[i] != Example.NOT_LEARNT;
            if (learns && start < 0) {
                start = i;
            } else if (!learns && start >= 0) {
                spans.add(tokenizer.decode(Arrays.copyOfRange(row.ids(), start, i), false));
                start = -1;
            }
        }
        return spans;
    }
}
