package io.graft.engine.methods.pruning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Emoji of one vendor by subcategory, 32 x 32 pixels on white; skin tones are left out. */
final class EmojiSet {
    static final int SIDE = 32;
    private static final int SHIFT = 2;

    private final Map<String, List<BufferedImage>> pictures = new TreeMap<>();

    /** @param vendor {@code google} or {@code twitter}, whose package is unpacked in a folder of that name */
    EmojiSet(Path packages, String vendor) throws IOException {
        JsonNode emojis = new JsonMapper()
                .readTree(packages.resolve(vendor).resolve("emoji.json").toFile());
        for (JsonNode emoji : emojis) {
            if (emoji.path("has_img_" + vendor).asBoolean()) {
                String subcategory = emoji.path("category").asText() + "/"
                        + emoji.path("subcategory").asText();
                Path file = packages.resolve(vendor)
                        .resolve("img")
                        .resolve(vendor)
                        .resolve("64")
                        .resolve(emoji.path("image").asText());
                pictures.computeIfAbsent(subcategory, name -> new ArrayList<>()).add(ImageIO.read(file.toFile()));
            }
        }
    }

    /** Every picture {@code copies} times, shifted by up to two pixels and mirrored by chance. */
    LabelledRows varied(int copies, long seed) {
        Random random = new Random(seed);
        List<float[]> inputs = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        int label = 0;
        for (List<BufferedImage> each : pictures.values()) {
            for (BufferedImage picture : each) {
                for (int copy = 0; copy < copies; copy++) {
                    inputs.add(pixels(
                            picture,
                            random.nextInt(2 * SHIFT + 1) - SHIFT,
                            random.nextInt(2 * SHIFT + 1) - SHIFT,
                            random.nextBoolean()));
                    labels.add(label);
                }
            }
            label++;
        }
        return rows(inputs, labels, label);
    }

    /** Rows to learn from, and others of the same classes. */
    record Split(LabelledRows train, LabelledRows test) {}

    /**
     * Some pictures of each subcategory to learn from, and all others; only of subcategories with at least twice as many.
     *
     * @param pattern of {@code category/subcategory}
     */
    Split fewShot(String pattern, int shots, long seed) {
        Random random = new Random(seed);
        List<float[]> train = new ArrayList<>();
        List<Integer> trainLabels = new ArrayList<>();
        List<float[]> test = new ArrayList<>();
        List<Integer> testLabels = new ArrayList<>();
        int label = 0;
        for (Map.Entry<String, List<BufferedImage>> each : pictures.entrySet()) {
            if (each.getKey().matches(pattern) && each.getValue().size() >= 2 * shots) {
                List<BufferedImage> shuffled = new ArrayList<>(each.getValue());
                Collections.shuffle(shuffled, random);
                for (int index = 0; index < shuffled.size(); index++) {
                    boolean learnt = index < shots;
                    (learnt ? train : test).add(pixels(shuffled.get(index), 0, 0, false));
                    (learnt ? trainLabels : testLabels).add(label);
                }
                label++;
            }
        }
        return new Split(rows(train, trainLabels, label), rows(test, testLabels, label));
    }

    private static LabelledRows rows(List<float[]> inputs, List<Integer> labels, int classes) {
        return new LabelledRows(
                inputs.toArray(float[][]::new),
                labels.stream().mapToInt(label -> label).toArray(),
                classes);
    }

    private static float[] pixels(BufferedImage picture, int right, int down, boolean mirrored) {
        BufferedImage small = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = small.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, SIDE, SIDE);
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        int left = mirrored ? SIDE + right : right;
        canvas.drawImage(picture, left, down, mirrored ? -SIDE : SIDE, SIDE, null);
        canvas.dispose();
        float[] pixels = new float[3 * SIDE * SIDE];
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
            int rgb = small.getRGB(pixel % SIDE, pixel / SIDE);
            for (int channel = 0; channel < 3; channel++) {
                pixels[channel * SIDE * SIDE + pixel] = (((rgb >> (8 * channel)) & 0xff) - 128) / 64f;
            }
        }
        return pixels;
    }
}
