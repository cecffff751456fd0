package io.graft.platform.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    @TempDir
    Path folder = Path.of("");

    private Reading reading = new Reading(folder);

    @BeforeEach
    void read() {
        reading = new Reading(folder);
    }

    @Test
    void quotesLineEndsAndLineNumbers() throws IOException {
        reading.with("a.csv", "\uFEFFtext,label\r\n\"a, \"\"b\"\"\nc\",1\r\nd,\r\n");

        List<Row> rows = reading.rows();

        assertThat(rows).extracting(Row::number).containsExactly(2L, 4L);
        assertThat(rows.getFirst().value("text")).isEqualTo(new Value.Text("a, \"b\"\nc"));
        assertThat(rows.getLast().value("label")).isEqualTo(Value.Absent.ABSENT);
    }

    @Test
    void tabsPartTsv() throws IOException {
        reading.with("a.tsv", "a\tb\n1,2\t3\n");

        assertThat(reading.plain()).containsExactly(List.of("1,2", "3"));
    }

    @Test
    void rowsOfAnotherWidthAreNamed() throws IOException {
        reading.with("a.csv", "a,b\n1,2\n1\n1,2,3\n4,5\n");

        assertThat(reading.problems())
                .satisfiesExactly(
                        first -> assertThat(first).contains("row 3 has 1 fields where the header has 2"),
                        second -> assertThat(second).contains("row 4 has 3 fields where the header has 2"));
    }

    @Test
    void headerMustNameEachColumnOnce() throws IOException {
        reading.with("a.csv", "a,,a\n1,2,3\n");

        assertThat(reading.problems())
                .satisfiesExactly(
                        first -> assertThat(first).contains("row 1 has a column without a name"),
                        second -> assertThat(second).contains("row 1 names the column 'a' twice"));
    }

    @Test
    void openQuoteBadBytesAndHugeFieldsAreRefused() throws IOException {
        reading.with("a.csv", "a\n1\n\"open\n");
        assertThat(reading.problems())
                .singleElement()
                .asString()
                .contains("row 2 or one soon after it breaks the rules");

        reading.with("a.csv", "a\n1\n\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(reading.problems()).singleElement().asString().contains("no valid UTF-8");

        reading.with("a.csv", "a\n\"" + "x".repeat(1 << 25) + "\"\n");
        assertThat(reading.problems())
                .singleElement()
                .asString()
                .contains("row 1 or one soon after it breaks the rules");
    }
}
