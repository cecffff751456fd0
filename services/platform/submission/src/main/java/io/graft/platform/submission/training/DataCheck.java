package io.graft.platform.submission.training;

import io.graft.platform.submission.DataInput;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.SpecFields;
import io.graft.v1.DataColumns;
import io.graft.v1.DatasetColumn;
import io.graft.v1.DatasetVersion;
import io.graft.v1.Holdout;
import io.graft.v1.TrainingData;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks what a specification says about its rows against the data set version that it names. Thread-safe. */
public final class DataCheck {
    private final Inputs inputs;

    public DataCheck(Inputs inputs) {
        this.inputs = inputs;
    }

    /**
     * Looks the rows up; what does not fit is noted.
     *
     * @param path of the data in the request, for example {@code spec.data}
     * @param role of the data set in the job
     */
    public CheckedData check(SpecFields fields, String path, String role, TrainingData data, Task task) {
        DataInput input = inputs.data(role, data.getDataset());
        DatasetVersion version = input.version();
        TrainingData.Builder effective =
                data.toBuilder().setColumns(Columns.effective(task, data.getColumns(), version.getSchema()));
        fields.require(
                version.getRowCount() > 0,
                path + ".dataset",
                version.getName() + " has no rows; upload files with rows, such as .jsonl or .csv");
        long rows = rows(fields, path + ".split", version, data.getSplit());
        if (data.getMaxRows() > 0) {
            rows = Math.min(rows, data.getMaxRows());
        }
        long held = held(fields, path, version, data, rows);
        long learned = data.getHoldout().getChoiceCase() == Holdout.ChoiceCase.FRACTION ? rows - held : rows;
        if (version.getRowCount() > 0) {
            checkColumns(fields, path + ".columns", version, effective.getColumns());
            Classes.check(fields, path, version, effective);
        }
        return new CheckedData(input, effective.build(), Math.max(1, learned), held);
    }

    private static long rows(SpecFields fields, String path, DatasetVersion version, String split) {
        Map<String, Long> splits = version.getRowsBySplitMap();
        if (split.isEmpty()) {
            return version.getRowCount();
        }
        if (splits.containsKey(split)) {
            return splits.get(split);
        }
        boolean isThere = version.getFilesList().stream()
                .anyMatch(file -> file.getPath().equals(split) || file.getPath().startsWith(split + "/"));
        fields.require(
                isThere,
                path,
                "is '" + split + "', which is no split, folder or file of " + version.getName() + "; it has "
                        + (splits.isEmpty()
                                ? "no splits"
                                : String.join(
                                        ", ", splits.keySet().stream().sorted().toList())));
        return version.getRowCount();
    }

    private static long held(SpecFields fields, String path, DatasetVersion version, TrainingData data, long rows) {
        Holdout holdout = data.getHoldout();
        return switch (holdout.getChoiceCase()) {
            case FRACTION -> {
                long held = Math.round(rows * holdout.getFraction());
                fields.require(
                        held > 0 && held < rows,
                        path + ".holdout.fraction",
                        "keeps " + held + " of " + rows + " rows back; both parts need one at least");
                yield held;
            }
            case SPLIT -> rows(fields, path + ".holdout.split", version, holdout.getSplit());
            case CHOICE_NOT_SET -> 0;
        };
    }

    private static void checkColumns(SpecFields fields, String path, DatasetVersion version, DataColumns columns) {
        for (Columns.Use use : Columns.used(columns)) {
            Optional<DatasetColumn> column = find(version, use.column());
            String at = path + "." + use.role();
            fields.require(
                    column.isPresent(),
                    at,
                    "is '" + use.column() + "', which is no column of " + version.getName() + "; it has "
                            + names(version));
            column.ifPresent(found -> {
                fields.require(
                        use.types().contains(found.getType()),
                        at,
                        "is '" + use.column() + "', which holds " + words(found) + "; " + use.role() + " takes "
                                + use.types().stream()
                                        .map(type -> type.name().replace("COLUMN_TYPE_", ""))
                                        .sorted()
                                        .collect(Collectors.joining(" or ")));
                fields.require(
                        !found.getOptional(),
                        at,
                        "is '" + use.column() + "', which some rows lack; complete or drop them");
            });
        }
    }

    /** The column of that name, if the rows have one. */
    public static Optional<DatasetColumn> find(DatasetVersion version, String name) {
        return version.getSchema().getColumnsList().stream()
                .filter(column -> column.getName().equals(name))
                .findFirst();
    }

    /** The names of all columns, for messages. */
    public static String names(DatasetVersion version) {
        return version.getSchema().getColumnsList().stream()
                .map(DatasetColumn::getName)
                .collect(Collectors.joining(", "));
    }

    private static String words(DatasetColumn column) {
        return column.getType().name().replace("COLUMN_TYPE_", "");
    }
}
