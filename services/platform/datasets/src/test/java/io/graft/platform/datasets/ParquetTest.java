package io.graft.platform.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.platform.datasets.row.DatasetException;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetTest {
    @TempDir
    Path folder = Path.of("");

    private Reading reading = new Reading(folder);

    @BeforeEach
    void read() {
        reading = new Reading(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nested-snappy.parquet", "nested-zstd.parquet"})
    void typesNestingAndNullsAreRead(String name) throws IOException {
        reading.withResource(name);

        List<Row> rows = reading.rows();

        assertThat(rows).extracting(Row::number).containsExactly(1L, 2L, 3L, 4L);
        assertThat(rows.get(1).values())
                .containsEntry("text", new Value.Text("zweite ü"))
                .containsEntry("label", new Value.Whole(1))
                .containsEntry("score", new Value.Decimal(1))
                .containsEntry("good", new Value.Truth(false));
        assertThat(rows.get(3).value("text")).isEqualTo(Value.Absent.ABSENT);
        assertThat(rows.get(2).value("messages").plain())
                .hasToString("[{role=user, content=hi}, {role=assistant, content=hello}]");
    }

    @Test
    void picturesOfTheHubAreDecoded() throws IOException {
        reading.withResource("pictures.parquet");

        Value.Image image = (Value.Image) reading.rows().getFirst().value("image");

        assertThat(image.picture().width()).isEqualTo(3);
        assertThat(image.picture().height()).isEqualTo(2);
        assertThat(image.picture().sample(1, 2, 1)).isEqualTo(128);
    }

    @Test
    void otherCodecsAreRefusedWithTheCure() throws IOException {
        reading.withResource("flat-brotli.parquet");

        assertThat(reading.problems()).singleElement().asString().contains("Pack it with snappy, gzip or zstd");
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] whole = Reading.resource("nested-snappy.parquet");
        for (int length = 0; length < whole.length; length += 97) {
            reading.with("a.parquet", Arrays.copyOf(whole, length));

            assertThat(reading.problems())
                    .as("first %d bytes", length)
                    .isNotEmpty()
                    .allMatch(p -> p.contains("a.parquet"));
        }
    }

    @Test
    @Timeout(60)
    void flippedBytesNeitherCrashNorHangNorEscapeAsAnotherException() throws IOException {
        byte[] whole = Reading.resource("nested-snappy.parquet");
        for (int at = 0; at < whole.length; at += 3) {
            byte[] broken = whole.clone();
            broken[at] ^= (byte) (at % 2 == 0 ? 0x55 : 0x01);
            reading.with("a.parquet", broken);
            try {
                reading.dataset().check(List.of(), 10);
            } catch (DatasetException refused) {
                assertThat(refused.problems()).as("byte %d", at).isNotEmpty();
            }
        }
    }

    @Test
    void pageThatUnpacksToMoreThanItSaysIsRefusedBeforeItIsUnpacked() throws IOException {
        byte[] broken = Reading.resource("nested-snappy.parquet");
        broken[6] ^= 0x01;
        reading.with("a.parquet", broken);

        assertThat(reading.problems())
                .singleElement()
                .asString()
                .contains("a page unpacks to another size than its header says");
    }

    @Test
    void headersThatSayMoreRowsThanThereAreDoNotHang() throws IOException {
        byte[] broken = Reading.resource("nested-snappy.parquet");
        broken[506] ^= 0x01;
        reading.with("a.parquet", broken);

        assertThat(reading.problems()).singleElement().asString().contains("is no readable Parquet file");
    }
}
