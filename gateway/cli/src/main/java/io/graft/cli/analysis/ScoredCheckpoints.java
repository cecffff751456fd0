package io.graft.cli.analysis;

import io.graft.cli.failure.CommandException;
import io.graft.v1.FitScalingLawRequest;
import io.graft.v1.ScalingPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reads checkpoints with their scores from CSV of plain numbers. */
final class ScoredCheckpoints {
    private static final Set<String> COLUMNS = Set.of("size", "score", "loss");

    private final Path file;
    private final List<String> names;

    private ScoredCheckpoints(Path file, List<String> names) {
        this.file = file;
        this.names = names;
    }

    /**
     * Reads a file.
     *
     * @throws CommandException naming the line and what to write there
     */
    static FitScalingLawRequest.Builder read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw CommandException.usage(file + " can't be read as UTF-8 text; check the path");
        }
        List<String> names =
                lines.isEmpty() ? List.of() : cells(lines.getFirst().replaceFirst("^\uFEFF", ""));
        boolean sound = names.contains("size")
                && names.contains("score")
                && COLUMNS.containsAll(names)
                && Set.copyOf(names).size() == names.size();
        if (!sound) {
            throw CommandException.usage(file + " begins with '" + String.join(",", names)
                    + "'; the first line names the columns: size,score or size,score,loss");
        }
        ScoredCheckpoints checkpoints = new ScoredCheckpoints(file, names);
        FitScalingLawRequest.Builder request = FitScalingLawRequest.newBuilder();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                checkpoints.add(cells(lines.get(i)), i + 1, request);
            }
        }
        return request;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }

    private void add(List<String> cells, int line, FitScalingLawRequest.Builder request) {
        if (cells.size() != names.size()) {
            throw CommandException.usage(file + ":" + line + " has " + cells.size() + " values; the first line names "
                    + names.size() + " columns");
        }
        double size = number(cells, "size", line);
        request.addPoints(ScalingPoint.newBuilder().setSize(size).setScore(number(cells, "score", line)));
        if (names.contains("loss")) {
            request.addLosses(ScalingPoint.newBuilder().setSize(size).setScore(number(cells, "loss", line)));
        }
    }

    private double number(List<String> cells, String column, int line) {
        String text = cells.get(names.indexOf(column));
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw CommandException.usage(
                    file + ":" + line + " has '" + text + "' as " + column + "; write a number such as 1.5e9");
        }
    }
}
