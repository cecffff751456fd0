package io.graft.platform.submission.training;

import io.graft.platform.submission.SpecFields;
import io.graft.v1.ColumnType;
import io.graft.v1.DatasetColumn;
import io.graft.v1.DatasetVersion;
import io.graft.v1.TrainingData;
import java.util.List;
import java.util.stream.IntStream;

/** The classes of a label column. */
final class Classes {
    private static final int MOST_FROM_NUMBERS = 10_000;

    private Classes() {}

    /** Fills the classes in where none are given, and notes labels that are none of them. */
    static void check(SpecFields fields, String path, DatasetVersion version, TrainingData.Builder data) {
        String label = data.getColumns().getLabel();
        if (label.isEmpty()) {
            fields.require(data.getClassesCount() == 0, path + ".classes", "goes with a label column only");
            return;
        }
        DataCheck.find(version, label).ifPresent(column -> {
            if (data.getClassesCount() == 0) {
                fill(fields, path, column, data);
            }
            List<String> strange = column.getLabelsList().stream()
                    .filter(value -> !data.getClassesList().contains(value))
                    .limit(5)
                    .toList();
            fields.require(
                    data.getClassesCount() == 0 || strange.isEmpty(),
                    path + ".classes",
                    "lacks labels that rows have: " + String.join(", ", strange));
            fields.require(
                    data.getClassesCount() != 1,
                    path + ".classes",
                    "is one class only; there is nothing to tell apart");
        });
    }

    private static void fill(SpecFields fields, String path, DatasetColumn column, TrainingData.Builder data) {
        List<String> labels = column.getLabelsList();
        if (labels.isEmpty()) {
            fields.require(
                    false,
                    path + ".columns.label",
                    "is '" + column.getName() + "', which has too many distinct values to be classes; name them in "
                            + path + ".classes, or another column");
        } else if (column.getType() == ColumnType.COLUMN_TYPE_INTEGER) {
            long greatest = labels.stream().mapToLong(Long::parseLong).max().orElse(0);
            long least = labels.stream().mapToLong(Long::parseLong).min().orElse(0);
            boolean sound = least >= 0 && greatest < MOST_FROM_NUMBERS;
            fields.require(
                    sound,
                    path + ".columns.label",
                    "has labels from " + least + " to " + greatest + "; they are whole numbers from 0 to "
                            + (MOST_FROM_NUMBERS - 1) + ", or name the classes in " + path + ".classes");
            if (sound) {
                IntStream.rangeClosed(0, (int) greatest).forEach(index -> data.addClasses(Integer.toString(index)));
            }
        } else {
            data.addAllClasses(labels);
        }
    }
}
