package io.graft.engine.metrics.digits;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;

/** Pictures of digits, 8 by 8, with values from 0 to 1. */
public record Digits(List<float[]> images, int[] labels) {
    public static final int SIDE = 8;
    private static final int PIXELS = SIDE * SIDE;
    private static final float FULL = 16;

    /** All 1797, in an order that depends on the seed. */
    public static Digits shuffled(long seed) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of("src/test/resources/digits.bin.gz")))) {
            byte[] bytes = in.readAllBytes();
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < bytes.length / (PIXELS + 1); i++) {
                order.add(i);
            }
            Collections.shuffle(order, new Random(seed));
            List<float[]> images = new ArrayList<>();
            int[] labels = new int[order.size()];
            for (int i = 0; i < labels.length; i++) {
                int start = order.get(i) * (PIXELS + 1);
                labels[i] = bytes[start];
                float[] image = new float[PIXELS];
                for (int j = 0; j < PIXELS; j++) {
                    image[j] = bytes[start + 1 + j] / FULL;
                }
                images.add(image);
            }
            return new Digits(images, labels);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Digits part(int from, int to) {
        return new Digits(images.subList(from, to), Arrays.copyOfRange(labels, from, to));
    }

    /** Those of some classes, with the lowest class counted as 0. */
    public Digits only(IntPredicate wanted, int lowest) {
        List<float[]> kept = new ArrayList<>();
        List<Integer> keptLabels = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (wanted.test(labels[i])) {
                kept.add(images.get(i));
                keptLabels.add(labels[i] - lowest);
            }
        }
        return new Digits(kept, keptLabels.stream().mapToInt(Integer::intValue).toArray());
    }

    public Digits changed(UnaryOperator<float[]> change) {
        return new Digits(images.stream().map(change).toList(), labels);
    }

    public int size() {
        return labels.length;
    }
}
