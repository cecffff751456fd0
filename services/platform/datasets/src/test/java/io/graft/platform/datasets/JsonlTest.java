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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonlTest {
    @TempDir
    Path folder = Path.of("");

    private Reading reading = new Reading(folder);

    @BeforeEach
    void read() {
        reading = new Reading(folder);
    }

    @Test
    void typesNestingAndLineNumbersAreKept() throws IOException {
        reading.with(
                "a.jsonl",
                "\uFEFF{\"t\": \"ü\\ud83d\\ude42\", \"n\": 7, \"d\": 1e3}\r\n\n{\"b\": true, \"l\": [{\"k\": null}]}");

        List<Row> rows = reading.rows();

        assertThat(rows).extracting(Row::number).containsExactly(1L, 3L);
        assertThat(rows.getFirst().values())
                .containsEntry("t", new Value.Text("ü🙂"))
                .containsEntry("n", new Value.Whole(7))
                .containsEntry("d", new Value.Decimal(1000));
        assertThat(rows.getLast().value("l").plain()).hasToString("[{k=null}]");
        assertThat(rows.getLast().value("t")).isEqualTo(Value.Absent.ABSENT);
    }

    @Test
    void gzipIsUnpacked() throws IOException {
        reading.with("a.jsonl.gz", Reading.gzip("{\"a\": 1}\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(reading.rows()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1]|is no JSON object",
                "{\"a\": 1|is no valid JSON",
                "{\"a\": 1, \"a\": 2}|Duplicate field 'a'",
                "{\"a\": 1} x|is no valid JSON",
                "{\"a\": 1}{}|has text after its closing",
                "{\"a\": 12345678901234567890}|does not fit 64 bits",
                "{\"a\": 1e999}|does not fit a double",
                "{\"a\": \"\\ud83d\"}|half of a surrogate pair",
                "{\"a\": [[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}|nesting depth"
            })
    void brokenRowIsNamed(String line, String what) throws IOException {
        reading.with("a.jsonl", "{\"a\": 1}\n" + line + "\n");

        assertThat(reading.problems())
                .singleElement()
                .asString()
                .startsWith("a.jsonl, row 2 ")
                .contains(what);
    }

    @Test
    void everyProblemIsToldAtOnceUpToTheLimit() throws IOException {
        reading.with("a.jsonl", "{\"a\": 1}\n" + "nonsense\n".repeat(150));

        assertThat(reading.problems()).hasSize(100);
        assertThat(reading.refusal().more()).isTrue();
        assertThat(reading.refusal()).hasMessageEndingWith("And 95 or more others.");
    }

    @Test
    void badBytesAreNamedByLineAndPlace() throws IOException {
        reading.with("a.jsonl", "{\"a\": \"x\"}\n{\"a\": \"\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(reading.problems())
                .containsExactly(
                        "a.jsonl, row 2 is no valid UTF-8 from byte 8 of the line on. Save the file as UTF-8.");
    }

    @Test
    void hugeLineIsRefusedWithoutHoldingIt() throws IOException {
        reading.with("a.jsonl", "{\"a\": \"" + "x".repeat(1 << 25) + "\"}\n{\"a\": \"y\"}\n");

        assertThat(reading.problems()).singleElement().asString().contains("row 1 is longer than 16777216 bytes");
    }

    @Test
    void truncatedAndExplodingGzipAreRefused() throws IOException {
        byte[] packed = Reading.gzip("{\"a\": 1}\n".repeat(1_000).getBytes(StandardCharsets.UTF_8));
        reading.with("a.jsonl.gz", java.util.Arrays.copyOf(packed, packed.length - 12));
        assertThat(reading.problems()).singleElement().asString().contains("is cut short or no gzip file");

        reading.with("a.jsonl.gz", Reading.gzip(new byte[1 << 27]));
        assertThat(reading.problems()).singleElement().asString().contains("unpacks to more than 67108864 bytes");
    }
}
