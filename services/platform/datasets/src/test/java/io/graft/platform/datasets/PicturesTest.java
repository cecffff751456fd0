package io.graft.platform.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.platform.datasets.row.Value;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
    @TempDir
    Path folder = Path.of("");

    private Reading reading = new Reading(folder);

    @BeforeEach
    void read() {
        reading = new Reading(folder);
    }

    @Test
    void folderIsTheClass() throws IOException {
        reading.with("train/cat/1.png", picture(4, 3, "png")).with("train/dog/1.jpg", picture(2, 2, "jpg"));

        assertThat(reading.plain()).hasToString("[[picture of 4x3, cat], [picture of 2x2, dog]]");
        assertThat(((Value.Image) reading.rows().getFirst().value("image"))
                        .picture()
                        .sample(0, 0, 0))
                .isEqualTo(200);
    }

    @Test
    void bombsBrokenAndHomelessPicturesAreRefused() throws IOException {
        byte[] bomb = picture(4, 3, "png");
        ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000);
        CRC32 crc = new CRC32();
        crc.update(bomb, 12, 17);
        ByteBuffer.wrap(bomb).putInt(29, (int) crc.getValue());
        byte[] whole = picture(4, 3, "png");
        reading.with("a/bomb.png", bomb)
                .with("a/cut.png", Arrays.copyOf(whole, 45))
                .with("a/text.png", "hello")
                .with("homeless.png", whole)
                .with("z/fine.png", whole);

        assertThat(reading.problems())
                .satisfiesExactly(
                        first -> assertThat(first).contains("a/bomb.png is a picture of 60000x60000 pixels"),
                        second -> assertThat(second).contains("a/cut.png is a broken picture"),
                        third -> assertThat(third).contains("a/text.png is no picture"),
                        last -> assertThat(last).contains("homeless.png lies in no folder"));
    }

    @Test
    void idxPairsPicturesAndLabels() throws IOException {
        reading.with("train-images-idx3-ubyte", idx(new int[] {0x803, 2, 1, 2}, 1, 2, 3, 255))
                .with("train-labels-idx1-ubyte.gz", Reading.gzip(idx(new int[] {0x801, 2}, 7, 200)));

        assertThat(reading.plain()).hasToString("[[picture of 2x1, 7], [picture of 2x1, 200]]");
        assertThat(((Value.Image) reading.rows().getLast().value("image"))
                        .picture()
                        .sample(0, 1, 0))
                .isEqualTo(255);
    }

    @Test
    void idxFilesThatDisagreeAreRefused() throws IOException {
        reading.with("train-images-idx3-ubyte", idx(new int[] {0x803, 2, 1, 2}, 1, 2, 3, 4));
        assertThat(reading.problems()).singleElement().asString().contains("Add the file train-labels-idx1-ubyte");

        reading.with("train-labels-idx1-ubyte", idx(new int[] {0x801, 1}, 7));
        assertThat(reading.problems()).singleElement().asString().contains("has 2 pictures");

        reading.with("train-labels-idx1-ubyte", idx(new int[] {0x801, 2}, 7));
        assertThat(reading.problems()).singleElement().asString().contains("is cut short");

        reading.with("train-labels-idx1-ubyte", idx(new int[] {0x803, 2}, 7, 7));
        assertThat(reading.problems()).singleElement().asString().contains("0x801");

        reading.with("train-labels-idx1-ubyte", idx(new int[] {0x801, 2}, 7, 7, 7));
        assertThat(reading.problems()).singleElement().asString().contains("bytes after the last item");
    }

    private static byte[] idx(int[] header, int... items) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * header.length + items.length);
        Arrays.stream(header).forEach(bytes::putInt);
        Arrays.stream(items).forEach(item -> bytes.put((byte) item));
        return bytes.array();
    }

    private static byte[] picture(int width, int height, String format) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, 0xC86432);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }
}
