package io.graft.cli.training;

import io.graft.cli.invocation.Invocation;
import io.graft.v1.DataColumns;
import io.graft.v1.TrainingData;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which rows are read, and what their columns mean. */
final class DataOptions {
    @Option(names = "--data", required = true, paramLabel = "DATASET/N", description = "the data set version")
    String data = "";

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "split, folder or file to read, for example train (default: every row)")
    String split = "";

    @Option(
            names = "--holdout",
            paramLabel = "SHARE|NAME",
            description = "rows kept back for evaluation: a share such as 0.1, or a split such as test")
    String holdout = "";

    @Option(names = "--max-rows", paramLabel = "N", description = "rows to read at most")
    long maxRows;

    @Option(
            names = "--class",
            paramLabel = "LABEL",
            description =
                    "a label, in the order of the class indices; may be repeated (default: those of the data set)")
    List<String> classes = new ArrayList<>();

    @Option(names = "--text-column", paramLabel = "NAME", description = "the text (default text)")
    String text = "";

    @Option(names = "--pair-column", paramLabel = "NAME", description = "the second text of a pair")
    String pair = "";

    @Option(names = "--negative-column", paramLabel = "NAME", description = "a text that does not belong to the first")
    String negative = "";

    @Option(names = "--label-column", paramLabel = "NAME", description = "the class (default label)")
    String label = "";

    @Option(names = "--prompt-column", paramLabel = "NAME", description = "what the model is given")
    String prompt = "";

    @Option(names = "--completion-column", paramLabel = "NAME", description = "what the model has to answer")
    String completion = "";

    @Option(names = "--messages-column", paramLabel = "NAME", description = "a conversation")
    String messages = "";

    @Option(names = "--image-column", paramLabel = "NAME", description = "an image")
    String image = "";

    TrainingData data(Invocation invocation) {
        TrainingData.Builder rows = TrainingData.newBuilder()
                .setDataset(invocation.names().datasetVersion(data))
                .setSplit(split)
                .setMaxRows(maxRows)
                .addAllClasses(classes)
                .setColumns(DataColumns.newBuilder()
                        .setText(text)
                        .setTextPair(pair)
                        .setNegative(negative)
                        .setLabel(label)
                        .setPrompt(prompt)
                        .setCompletion(completion)
                        .setMessages(messages)
                        .setImage(image));
        holdout(rows, holdout);
        return rows.build();
    }

    /** Keeps a share of the rows back, or a split; nothing when empty. */
    static void holdout(TrainingData.Builder rows, String holdout) {
        if (holdout.matches("[0-9]*\\.?[0-9]+([eE]-?[0-9]+)?")) {
            rows.getHoldoutBuilder().setFraction(Double.parseDouble(holdout));
        } else if (!holdout.isEmpty()) {
            rows.getHoldoutBuilder().setSplit(holdout);
        }
    }
}
