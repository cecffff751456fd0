package io.graft.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.engine.data.Example.LabelledTokens;
import io.graft.engine.data.Example.TokenPair;
import io.graft.engine.data.Example.TokenSequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleReaderTest {
    private static final Limits WIDE = new Limits(64, false, 0);
    private static final ColumnRoles PROMPTS = new ColumnRoles("", "", "", "prompt", "completion", "", "", "");

    @TempDir
    Path folder = Path.of("");

    @Test
    void classesAreSortedOrCounted() throws IOException {
        Fixtures.write(folder, "train.csv", "text,label", "a,spam", "b,ham", "c,spam");
        Fixtures.write(folder, "test.csv", "text,label", "a,3", "b,1");

        assertThat(ExampleReader.classes(folder, "train", Fixtures.PLAIN, List.of(), 0))
                .containsExactly("ham", "spam");
        assertThat(ExampleReader.classes(folder, "test", Fixtures.PLAIN, List.of(), 0))
                .containsExactly("0", "1", "2", "3");
        assertThat(ExampleReader.classes(folder, "train", Fixtures.PLAIN, List.of("z", "a"), 0))
                .containsExactly("z", "a");
    }

    @Test
    void pairsOfTextsAreClassified() throws IOException {
        Fixtures.write(
                folder,
                "a.jsonl",
                "{\"text\": \"The old engineer repairs the broken clock\","
                        + " \"next\": \"A nurse cleans an empty box\", \"label\": 1}");
        ColumnRoles roles = new ColumnRoles("text", "next", "label", "", "", "", "", "");

        try (TextTokenizer tokenizer = Fixtures.bert()) {
            List<Example> rows = ExampleReader.labelledTexts(folder, "", roles, List.of("0", "1"), tokenizer, WIDE);

            LabelledTokens row = (LabelledTokens) rows.getFirst();
            assertThat(row.ids()).startsWith(2, 56).endsWith(110, 3).hasSize(16);
            assertThat(row.types()).startsWith(0, 0).endsWith(1, 1).hasSize(16);
            assertThat(row.label()).isEqualTo(1);
        }
    }

    @Test
    void everyProblemIsToldAtOnce() throws IOException {
        Fixtures.write(
                folder,
                "a.jsonl",
                "{\"text\": \"a nurse\", \"label\": \"no\"}",
                "{\"text\": 5, \"label\": \"yes\"}",
                "{\"text\": \"a nurse cleans an empty box and an empty box\", \"label\": \"yes\"}");

        try (TextTokenizer tokenizer = Fixtures.bert()) {
            assertThatThrownBy(() -> ExampleReader.labelledTexts(
                            folder, "", Fixtures.PLAIN, List.of("yes"), tokenizer, new Limits(6, false, 0)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll("row 1", "'label' (\"no\")", "row 2", "is no text", "row 3", "limit of 6");
            assertThat(ExampleReader.labelledTexts(
                            folder, "", Fixtures.PLAIN, List.of("no"), tokenizer, new Limits(6, true, 1)))
                    .hasSize(1);
        }
    }

    @Test
    void promptsAreNotLearnt() throws IOException {
        Fixtures.write(folder, "a.jsonl", "{\"prompt\": \"A nurse\", \"completion\": \" cleans\"}");

        try (TextTokenizer tokenizer = Fixtures.llama()) {
            TokenSequence only = sequence(tokenizer, PROMPTS, WIDE, true);
            TokenSequence all = sequence(tokenizer, PROMPTS, WIDE, false);

            assertThat(only.ids()).containsExactly(1, 36, 470, 444, 2);
            assertThat(only.labels()).containsExactly(-100, -100, -100, 444, 2);
            assertThat(all.labels()).containsExactly(1, 36, 470, 444, 2);
            assertThatThrownBy(() -> sequence(tokenizer, PROMPTS, new Limits(3, true, 0), true))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("nothing to learn within 3 tokens");
        }
    }

    @Test
    void textsArePackedIntoFullRows() throws IOException {
        Fixtures.write(folder, "a.jsonl", "{\"text\": \"A nurse\"}", "{\"text\": \"A nurse cleans\"}");

        try (TextTokenizer tokenizer = Fixtures.llama()) {
            List<Example> rows = ExampleReader.sequences(
                    folder, "", Fixtures.PLAIN, tokenizer, new Limits(6, false, 0), false, true);

            assertThat(rows)
                    .extracting(row -> ((TokenSequence) row).ids())
                    .containsExactly(new int[] {1, 36, 470, 2, 1, 36}, new int[] {470, 444, 2});
        }
    }

    @Test
    void pairsMayHaveANegative() throws IOException {
        Fixtures.write(folder, "a.tsv", "q\ta\tn", "A nurse\tA nurse cleans\tThe old engineer");
        ColumnRoles roles = new ColumnRoles("q", "a", "", "", "", "", "", "n");

        try (TextTokenizer tokenizer = Fixtures.llama()) {
            TokenPair pair = (TokenPair)
                    ExampleReader.pairs(folder, "", roles, tokenizer, WIDE).getFirst();

            assertThat(pair.anchor()).containsExactly(1, 36, 470);
            assertThat(pair.positive()).containsExactly(1, 36, 470, 444);
            assertThat(pair.negative()).containsExactly(1, 277, 343, 347);
        }
    }

    private TokenSequence sequence(TextTokenizer tokenizer, ColumnRoles roles, Limits limits, boolean only)
            throws IOException {
        return (TokenSequence) ExampleReader.sequences(folder, "", roles, tokenizer, limits, only, false)
                .getFirst();
    }
}
