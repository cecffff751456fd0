package io.graft.engine.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to open a folder as.
 *
 * @param task or null for what the configuration says
 * @param labels of a classifier, or null for those of the configuration; another number of labels starts a new head
 */
public record OpenOptions(@Nullable Task task, @Nullable List<String> labels) {
    /** As the configuration says. */
    public static final OpenOptions AS_STORED = new OpenOptions(null, null);

    public OpenOptions {
        labels = labels == null ? null : List.copyOf(labels);
    }

    /** For a task, with the labels of the configuration. */
    public static OpenOptions forTask(Task task) {
        return new OpenOptions(task, null);
    }

    /** A classifier of sequences with these labels. */
    public static OpenOptions classifier(List<String> labels) {
        return new OpenOptions(Task.SEQUENCE_CLASSIFICATION, labels);
    }

    boolean changesTheHead() {
        return task != null || labels != null;
    }
}
