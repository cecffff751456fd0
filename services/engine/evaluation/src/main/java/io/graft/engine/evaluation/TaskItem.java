package io.graft.engine.evaluation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row, asked. */
sealed interface TaskItem {
    /** The row's columns as JSON-like Java. */
    Map<String, @Nullable Object> row();

    /**
     * A choice.
     *
     * @param prompt what comes before each choice
     * @param delimiter put between prompt and choice
     * @param answer index of the right one
     * @param requests one for each choice
     */
    record Choice(
            Map<String, @Nullable Object> row,
            String prompt,
            String delimiter,
            List<String> choices,
            int answer,
            List<Continuation> requests)
            implements TaskItem {}

    /**
     * A text to predict.
     *
     * @param requests its windows
     */
    record Text(Map<String, @Nullable Object> row, String text, List<Continuation> requests) implements TaskItem {}

    /**
     * A prompt to continue.
     *
     * @param ids the prompt's tokens
     */
    record Prompt(Map<String, @Nullable Object> row, String prompt, String reference, int[] ids) implements TaskItem {}
}
