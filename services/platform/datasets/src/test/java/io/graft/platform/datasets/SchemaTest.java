package io.graft.platform.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.datasets.format.DataFormat;
import io.graft.platform.datasets.format.TextUnit;
import io.graft.platform.datasets.row.DatasetException;
import io.graft.platform.datasets.schema.Column;
import io.graft.platform.datasets.schema.ColumnRule;
import io.graft.platform.datasets.schema.ColumnType;
import io.graft.platform.datasets.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    @TempDir
    Path folder = Path.of("");

    private Reading reading = new Reading(folder);

    @BeforeEach
    void read() {
        reading = new Reading(folder);
    }

    @Test
    void columnsTypesLabelsAndSplitsAreInferred() throws IOException {
        reading.with(
                        "train.jsonl",
                        "{\"text\": \"a\", \"label\": 10, \"w\": 1}\n{\"text\": \"b\", \"label\": 9, \"w\": 0.5}\n")
                .with("test.jsonl", "{\"text\": \"c\", \"label\": 9}\n")
                .with("README.md", "about");

        Schema schema = reading.dataset().check(List.of(), 100);

        assertThat(schema)
                .isEqualTo(new Schema(
                        DataFormat.JSONL,
                        List.of(
                                new Column("text", ColumnType.TEXT, false, List.of("a", "b", "c")),
                                new Column("label", ColumnType.INTEGER, false, List.of("9", "10")),
                                new Column("w", ColumnType.DECIMAL, true, List.of())),
                        3,
                        Map.of("train", 2L, "test", 1L)));
    }

    @Test
    void csvCellsAreRecognisedByTheirLook() throws IOException {
        reading.with("a.csv", "i,d,b,t\n1,1,true,1\n-2,.5e3,false,x\n");

        assertThat(reading.dataset().check(List.of(), 100).columns())
                .extracting(Column::type)
                .containsExactly(ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.BOOLEAN, ColumnType.TEXT);
    }

    @Test
    void columnThatChangesItsTypeIsRefused() throws IOException {
        reading.with("a.jsonl", "{\"label\": 1}\n{\"label\": \"one\"}\n");

        assertThat(reading.problems())
                .containsExactly(
                        "a.jsonl, row 2, column 'label' (\"one\") is one of text where the rows before hold whole"
                                + " numbers. Give the column the same type in every row.");
    }

    @Test
    void rulesNameRowColumnValueAndCure() throws IOException {
        reading.with(
                "a.jsonl",
                "{\"text\": \" \", \"label\": \"good\"}\n{\"text\": \"x\", \"label\": \"meh\"}\n{\"label\": \"bad\"}\n");

        assertThat(reading.problems(new ColumnRule.Words("text"), new ColumnRule.Label("label", Set.of("good", "bad"))))
                .containsExactly(
                        "a.jsonl, row 1, column 'text' (\" \") is blank. Fill it in or drop the row.",
                        "a.jsonl, row 2, column 'label' (\"meh\") is none of the labels bad, good. Correct it, or state it"
                                + " among the labels.",
                        "a.jsonl, row 3, column 'text' is missing; the row has label. Add it to the row, or name another"
                                + " column.");
    }

    @Test
    void chatsNumbersPicturesAndStatedTypesAreChecked() throws IOException {
        reading.with(
                "a.jsonl",
                "{\"c\": \"hi\", \"n\": \"x\"}\n"
                        + "{\"c\": [{\"role\": \"user\", \"content\": \"hi\"}], \"n\": \"1.5\"}\n"
                        + "{\"c\": [{\"role\": \"assistant\"}], \"n\": \"2\"}\n"
                        + "{\"c\": [{\"role\": \"assistant\", \"content\": \"yes\"}], \"n\": \"3\"}\n");

        assertThat(reading.problems(
                        new ColumnRule.Chat("c"),
                        new ColumnRule.Number("n"),
                        new ColumnRule.Typed("n", ColumnType.INTEGER)))
                .satisfiesExactly(
                        p -> assertThat(p).contains("row 1, column 'c'").contains("is no list of messages"),
                        p -> assertThat(p).contains("row 1, column 'n'").contains("is no number"),
                        p -> assertThat(p).contains("row 1, column 'n'").contains("whole numbers that were stated"),
                        p -> assertThat(p).contains("row 2, column 'c'").contains("is one of lists"),
                        p -> assertThat(p).contains("row 2, column 'c'").contains("no message of the assistant"),
                        p -> assertThat(p).contains("row 2, column 'n'").contains("whole numbers that were stated"),
                        p -> assertThat(p).contains("row 3, column 'c'").contains("is one of lists"),
                        p -> assertThat(p).contains("row 3, column 'c'").contains("message 1 without a role"),
                        p -> assertThat(p).contains("row 4, column 'c'").contains("is one of lists"));
    }

    @Test
    void emptyAndMixedDataSetsAreRefused() throws IOException {
        reading.with("a.jsonl", "\n");
        assertThat(reading.problems()).containsExactly("a.jsonl has no row. Upload a file with rows.");

        reading.with("b.csv", "a\n1\n");
        assertThatThrownBy(reading::dataset)
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("one format");
    }

    @Test
    void partIsASplitAFolderOrAFile() throws IOException {
        reading.with("train-00000-of-00002.jsonl", "{\"a\": 1}\n")
                .with("train-00001-of-00002.jsonl", "{\"a\": 2}\n")
                .with("other/val.jsonl", "{\"a\": 3}\n");
        Dataset dataset = reading.dataset();

        assertThat(Reading.rows(dataset.part("train"))).hasSize(2);
        assertThat(Reading.rows(dataset.part("validation"))).hasSize(1);
        assertThat(Reading.rows(dataset.part("other"))).hasSize(1);
        assertThat(Reading.rows(dataset.part("train-00001-of-00002.jsonl"))).hasSize(1);
        assertThat(Reading.rows(dataset.part(""))).hasSize(3);
        assertThatThrownBy(() -> dataset.part("tset"))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("the splits validation, train or the files");
    }

    @Test
    void textIsReadByDocumentParagraphOrLine() throws IOException {
        reading.with("a.txt", "one\r\ntwo\n\n\nthree\n");
        Dataset dataset = reading.dataset();

        assertThat(Reading.rows(dataset))
                .singleElement()
                .satisfies(row -> assertThat(row.value("text").plain()).isEqualTo("one\r\ntwo\n\n\nthree\n"));
        assertThat(Reading.rows(dataset.by(TextUnit.PARAGRAPH)))
                .extracting(row -> row.value("text").plain())
                .containsExactly("one\ntwo", "three");
        assertThat(Reading.rows(dataset.by(TextUnit.LINE)))
                .extracting(row -> row.value("text").plain())
                .containsExactly("one", "two", "three");
    }
}
