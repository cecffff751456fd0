package io.graft.platform.submission.training;

import io.graft.platform.submission.SpecFields;
import io.graft.v1.DataColumns;
import io.graft.v1.Holdout;
import io.graft.v1.TrainingData;
import java.util.HashSet;

/** Checks what a specification says about its rows, as far as the data set need not be known. */
public final class DataFields {
    private static final int MOST_CLASSES = 10_000;

    private DataFields() {}

    /**
     * Notes what is wrong.
     *
     * @param path of the data in the request, for example {@code spec.data}
     */
    public static void check(SpecFields fields, String path, TrainingData data, Task task) {
        fields.dataset(path + ".dataset", data.getDataset());
        fields.range(path + ".max_rows", data.getMaxRows(), 0, Long.MAX_VALUE);
        fields.require(
                data.getClassesCount() <= MOST_CLASSES
                        && data.getClassesList().stream().noneMatch(String::isEmpty),
                path + ".classes",
                "has at most " + MOST_CLASSES + " values, none of them empty");
        fields.require(
                new HashSet<>(data.getClassesList()).size() == data.getClassesCount(),
                path + ".classes",
                "names a class twice");
        if (data.hasHoldout()) {
            checkHoldout(fields, path + ".holdout", data);
        }
        checkColumns(fields, path + ".columns", data.getColumns(), task);
    }

    private static void checkHoldout(SpecFields fields, String path, TrainingData data) {
        Holdout holdout = data.getHoldout();
        switch (holdout.getChoiceCase()) {
            case FRACTION ->
                fields.require(
                        holdout.getFraction() > 0 && holdout.getFraction() < 1,
                        path + ".fraction",
                        "is " + holdout.getFraction() + "; it is a number above 0 and below 1");
            case SPLIT ->
                fields.require(
                        !holdout.getSplit().isEmpty() && !holdout.getSplit().equals(data.getSplit()),
                        path + ".split",
                        "is the split to learn from; keep another one back");
            case CHOICE_NOT_SET ->
                fields.require(false, path + ".fraction", "or split is required: say what to keep back");
        }
        fields.require(holdout.getSeed() >= 0, path + ".seed", "is a whole number from 0");
    }

    private static void checkColumns(SpecFields fields, String path, DataColumns columns, Task task) {
        boolean prompted =
                !columns.getPrompt().isEmpty() || !columns.getCompletion().isEmpty();
        switch (task) {
            case CAUSAL_LM -> {
                int forms = (columns.getText().isEmpty() ? 0 : 1)
                        + (columns.getMessages().isEmpty() ? 0 : 1)
                        + (prompted ? 1 : 0);
                fields.require(
                        forms <= 1,
                        path + ".text",
                        "goes without prompt, completion and messages; give one form of rows");
                fields.require(
                        columns.getPrompt().isEmpty() == columns.getCompletion().isEmpty(),
                        path + (columns.getPrompt().isEmpty() ? ".prompt" : ".completion"),
                        "is required: a prompt and its completion go together");
            }
            case CLASSIFICATION, INPUTS -> {
                fields.require(
                        columns.getText().isEmpty() || columns.getImage().isEmpty(),
                        path + ".image",
                        "goes without text; classify one or the other");
                fields.require(
                        columns.getTextPair().isEmpty(),
                        path + ".text_pair",
                        "is for the objective pair_classification; choose it, or leave the column out");
            }
            case PAIR_CLASSIFICATION, PAIRS ->
                fields.require(
                        columns.getImage().isEmpty(), path + ".image", "is no text; the objective reads two texts");
            case OTHER -> {}
        }
    }
}
