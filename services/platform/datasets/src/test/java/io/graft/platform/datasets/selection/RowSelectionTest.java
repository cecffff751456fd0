package io.graft.platform.datasets.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.graft.platform.datasets.Dataset;
import io.graft.platform.datasets.row.DatasetException;
import io.graft.platform.datasets.row.Picture;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowCursor;
import io.graft.platform.datasets.row.RowProblems;
import io.graft.platform.datasets.row.Value;
import java.awt.image.BufferedImage;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowSelectionTest {
    @TempDir
    Path from;

    @TempDir
    Path to;

    @Test
    void jsonlKeepsValuesAndOtherSplits() throws IOException {
        write("train-0.jsonl", """
                {"text":"a \\u00fc\\n","label":"x","score":1.5,"n":[1,{"k":null}],"ok":true}
                {"text":"b","label":"y"}
                """);
        write("train-1.jsonl", """
                {"text":"c","label":"x"}
                {"text":"d","label":"x"}
                """);
        write("test.jsonl", "{\"text\":\"e\",\"label\":\"y\"}\n");

        RowSelection.write(Dataset.ofFolder(from), "train", index -> index == 0 || index == 3, to);

        assertThat(to.resolve("train-0.jsonl")).content().isEqualTo("""
                {"text":"a ü\\n","label":"x","score":1.5,"n":[1,{"k":null}],"ok":true}
                """);
        assertThat(rows("train")).hasSize(2);
        assertThat(rows("test")).hasSize(1);
    }

    @Test
    void csvKeepsItsCells() throws IOException {
        write("train.csv", "text,label\n\"a, \"\"b\"\"\n2\",1\nc,\nd,3\n");
        write("test.csv", "text,label\nd,1\n");

        List<Path> written = RowSelection.write(Dataset.ofFolder(from), "train", index -> index != 2, to);

        assertThat(written)
                .extracting(path -> to.relativize(path).toString())
                .containsExactlyInAnyOrder("train.csv", "test.csv");
        assertThat(rows("train"))
                .extracting(row -> row.value("text"), row -> row.value("label"))
                .containsExactly(
                        tuple(new Value.Text("a, \"b\"\n2"), new Value.Text("1")),
                        tuple(new Value.Text("c"), Value.Absent.ABSENT));
        assertThat(rows("test")).hasSize(1);
    }

    @Test
    void picturesAreCopied() throws IOException {
        for (String path : List.of("train/cat/1.png", "train/cat/2.png", "train/dog/1.png", "test/dog/9.png")) {
            Files.createDirectories(from.resolve(path).resolveSibling(""));
            ImageIO.write(
                    new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY),
                    "png",
                    from.resolve(path).toFile());
        }

        RowSelection.write(Dataset.ofFolder(from), "train", index -> index == 2, to);

        assertThat(rows("")).extracting(Row::file).containsExactly("test/dog/9.png", "train/dog/1.png");
    }

    @Test
    void idxPairsKeepPicturesWithTheirLabels() throws IOException {
        try (DataOutputStream images = new DataOutputStream(
                        new GZIPOutputStream(Files.newOutputStream(from.resolve("train-images-idx3-ubyte.gz"))));
                DataOutputStream labels =
                        new DataOutputStream(Files.newOutputStream(from.resolve("train-labels-idx1-ubyte")))) {
            images.writeInt(0x803);
            images.writeInt(3);
            images.writeInt(1);
            images.writeInt(2);
            images.write(new byte[] {0, 1, 2, 3, (byte) 200, 5});
            labels.writeInt(0x801);
            labels.writeInt(3);
            labels.write(new byte[] {7, 8, (byte) 255});
        }

        RowSelection.write(Dataset.ofFolder(from), "train", index -> index != 1, to);

        List<Row> rows = rows("train");
        assertThat(rows)
                .extracting(row -> row.value("label"))
                .containsExactly(new Value.Whole(7), new Value.Whole(255));
        assertThat(rows.get(1).value("image")).isInstanceOfSatisfying(Value.Image.class, image -> {
            Picture picture = image.picture();
            assertThat(picture.sample(0, 0, 0)).isEqualTo(200);
            assertThat(picture.sample(0, 1, 0)).isEqualTo(5);
        });
    }

    @Test
    void plainTextIsRefused() throws IOException {
        write("train/a.txt", "words");

        assertThatThrownBy(() -> RowSelection.write(Dataset.ofFolder(from), "", index -> true, to))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(".jsonl");
    }

    private void write(String path, String content) throws IOException {
        Files.createDirectories(from.resolve(path).resolveSibling(""));
        Files.writeString(from.resolve(path), content);
    }

    private List<Row> rows(String part) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (RowCursor cursor = Dataset.ofFolder(to).part(part).rows(RowProblems.none())) {
            for (Row row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
