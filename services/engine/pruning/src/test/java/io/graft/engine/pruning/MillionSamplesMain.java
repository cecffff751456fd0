package io.graft.engine.pruning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Prunes a million samples of a thousand classes and prints how many stay and the most memory the process ever had. */
final class MillionSamplesMain {
    private static final int SAMPLES = 1_000_000;
    private static final int CLASSES = 1000;
    private static final int FEATURES = 64;

    private MillionSamplesMain() {}

    /** Arguments: the method, then the name and value of its parameters. */
    public static void main(String[] arguments) throws IOException {
        int[] labels =
                IntStream.range(0, SAMPLES).map(sample -> sample % CLASSES).toArray();
        PruningInputs inputs = new PruningInputs(
                SourceSamples.labelled(CLASSES, labels),
                TargetSplit.ofFirst(SAMPLES),
                Map.of(
                        RowsOf.SOURCE_LOGITS, new Made(CLASSES),
                        RowsOf.SOURCE_FEATURES, new Made(FEATURES),
                        RowsOf.TARGET_LOGITS, new Made(CLASSES),
                        RowsOf.TARGET_FEATURES, new Made(FEATURES)));
        Map<String, Object> params = new HashMap<>();
        for (int at = 1; at < arguments.length; at += 2) {
            params.put(arguments[at], number(arguments[at + 1]));
        }
        Pruning pruning = PruningMethod.choose(arguments[0], params)
                .prune(inputs, new PruneOrder(new Budget.Ratio(0.6), TieBreak.SOFT_PROB, 0));
        String peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElseThrow();
        System.out.println("kept " + pruning.kept().count() + " peak_kib " + peak);
    }

    private static Object number(String text) {
        return text.chars().allMatch(Character::isDigit) ? (Object) Long.valueOf(text) : text;
    }

    /** Rows made up from their index; cheap, so that what is measured is the method. */
    private record Made(int width) implements Rows {
        @Override
        public void read(Visitor visitor) {
            float[] row = new float[width];
            for (int index = 0; index < SAMPLES; index++) {
                int bits = index * 0x9E3779B9;
                for (int number = 0; number < width; number++) {
                    bits = bits * 1664525 + 1013904223;
                    row[number] = bits * 0x1p-31f;
                }
                row[index % width] += 2;
                visitor.row(index, row);
            }
        }
    }
}
