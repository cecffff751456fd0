package io.graft.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.data.Example.LabelledPicture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
    @TempDir
    Path model = Path.of("");

    @TempDir
    Path data = Path.of("");

    @BeforeEach
    void picture() throws IOException {
        Files.createDirectories(data.resolve("cat"));
        Files.copy(Fixtures.resource("picture.png"), data.resolve("cat/1.png"));
    }

    @Test
    void picturesAreResizedAsByPillow() throws IOException {
        for (JsonNode wanted : JsonFile.read(Fixtures.resource("resized.json"))) {
            int height = wanted.path("height").asInt();
            int width = wanted.path("width").asInt();
            Fixtures.write(
                    model,
                    "preprocessor_config.json",
                    "{\"size\": {\"height\": %d, \"width\": %d}, \"resample\": %s, \"do_rescale\": false}"
                            .formatted(height, width, wanted.path("resample")));

            LabelledPicture picture = read();

            assertThat(picture.channels()).isEqualTo(3);
            assertThat(picture.height()).isEqualTo(height);
            assertThat(picture.width()).isEqualTo(width);
            for (int i = 0; i < height * width; i++) {
                assertThat(picture.pixels()[height * width + i])
                        .as("%s, pixel %d", wanted.path("resample"), i)
                        .isCloseTo((float) wanted.path("samples").path(i).asDouble(), within(1f));
            }
        }
    }

    @Test
    void intensitiesAreScaledAndNormalised() throws IOException {
        LabelledPicture plain = read();
        Fixtures.write(
                model,
                "preprocessor_config.json",
                "{\"do_normalize\": true, \"image_mean\": [0.5, 0.5, 0.25], \"image_std\": [0.5, 0.5, 2],"
                        + " \"do_resize\": false, \"do_center_crop\": true, \"crop_size\": {\"height\": 3, \"width\": 5}}");

        LabelledPicture picture = read();

        float middle = plain.pixels()[2 * 13 * 17 + 6 * 17 + 8];
        assertThat(picture.pixels()).hasSize(3 * 3 * 5);
        assertThat(picture.pixels()[2 * 15 + 7]).isCloseTo((middle - 0.25f) / 2, within(1e-6f));
        assertThat(picture.label()).isEqualTo(1);
    }

    @Test
    void normalisationCanBeUndoneAndDoneAgain() throws IOException {
        LabelledPicture plain = read();
        Fixtures.write(
                model,
                "preprocessor_config.json",
                "{\"do_normalize\": true, \"image_mean\": [0.5, 0.5, 0.25], \"image_std\": [0.5, 0.1, 2]}");
        LabelledPicture picture = read();

        PixelScaling scaling = PixelScaling.of(model, 3);
        float[] values = scaling.values(picture.pixels());

        int plane = 13 * 17;
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo(plain.pixels()[i], within(1e-7f));
            assertThat((float) (values[i] * scaling.scale()[i / plane] + scaling.shift()[i / plane]))
                    .isCloseTo(picture.pixels()[i], within(1e-5f));
        }
        Fixtures.write(model, "preprocessor_config.json", "{\"rescale_factor\": 0}");
        assertThatThrownBy(() -> PixelScaling.of(model, 3))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rescale_factor 0.0");
    }

    @Test
    void picturesOfSeveralSizesAreRefused() throws IOException {
        Files.createDirectories(data.resolve("dog"));
        ImageIO.write(
                new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB),
                "png",
                data.resolve("dog/2.png").toFile());

        assertThatThrownBy(this::read)
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("dog/2.png", "another size", "resizes");
    }

    private LabelledPicture read() throws IOException {
        return (LabelledPicture)
                ExampleReader.pictures(data, "", Fixtures.PLAIN, List.of("dog", "cat"), new Limits(2, false, 0), model)
                        .getFirst();
    }
}
