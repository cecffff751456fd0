package io.graft.engine.evaluation;

import io.graft.engine.data.DataException;
import io.graft.engine.data.ExampleRows;
import io.graft.engine.data.RowTemplate;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns rows of any columns into what a task asks. */
final class TaskRows {
    private static final String CURE = "Correct the row, or the task's templates";

    private TaskRows() {}

    /** Makes one item of a row. */
    @FunctionalInterface
    private interface Maker<T> {
        T make(Row row);
    }

    static List<TaskItem.Choice> choices(DataRange data, LanguageTask.Choosing task, TaskTokens tokens)
            throws IOException {
        RowTemplate prompt = new RowTemplate("prompt", task.prompt());
        RowTemplate answer = new RowTemplate("answer", task.answer());
        List<RowTemplate> templates = new ArrayList<>();
        for (int i = 0; i < task.choices().size(); i++) {
            templates.add(new RowTemplate("choices[" + i + "]", task.choices().get(i)));
        }
        return read(data, row -> {
            List<String> choices = templates.isEmpty()
                    ? listed(row, task.choicesColumn())
                    : templates.stream().map(template -> template.render(row)).toList();
            String before = prompt.render(row);
            if (choices.size() < 2 || choices.contains("")) {
                throw new DataException("has the choices " + choices + ", but a choice is among two texts or more");
            }
            List<Continuation> requests = choices.stream()
                    .map(choice -> tokens.pair(before, task.delimiter() + choice))
                    .toList();
            return new TaskItem.Choice(
                    plain(row), before, task.delimiter(), choices, index(answer.render(row), choices), requests);
        });
    }

    static List<TaskItem.Text> texts(DataRange data, LanguageTask.Predicting task, TaskTokens tokens)
            throws IOException {
        RowTemplate text = new RowTemplate("completion", task.text());
        return read(data, row -> {
            String whole = text.render(row);
            return new TaskItem.Text(plain(row), whole, tokens.windows(whole));
        });
    }

    static List<TaskItem.Prompt> prompts(DataRange data, LanguageTask.Answering task, TaskTokens tokens)
            throws IOException {
        RowTemplate prompt = new RowTemplate("prompt", task.prompt());
        RowTemplate completion = new RowTemplate("completion", task.completion());
        return read(data, row -> {
            String before = prompt.render(row);
            return new TaskItem.Prompt(
                    plain(row), before, completion.render(row), tokens.prompt(before, task.maxNewTokens()));
        });
    }

    private static <T> List<T> read(DataRange data, Maker<T> maker) throws IOException {
        List<T> items = new ArrayList<>();
        ExampleRows.forEach(data.folder(), data.split(), List.of(), data.maxRows(), (row, rows) -> {
            try {
                items.add(maker.make(row));
            } catch (DataException refused) {
                rows.report(row, String.valueOf(refused.getMessage()), CURE);
            }
        });
        return items;
    }

    private static List<String> listed(Row row, String column) {
        if (row.value(column) instanceof Value.Items items
                && items.values().stream().allMatch(Value.Text.class::isInstance)) {
            return items.values().stream()
                    .map(value -> ((Value.Text) value).text())
                    .toList();
        }
        throw new DataException("has no list of texts in the column '" + column + "'");
    }

    /** As lm-evaluation-harness: digits are an index, anything else is the choice itself. */
    private static int index(String answer, List<String> choices) {
        boolean number = !answer.isEmpty() && answer.chars().allMatch(c -> c >= '0' && c <= '9');
        int index = number && answer.length() < 9 ? Integer.parseInt(answer) : choices.indexOf(answer);
        if (index < 0 || index >= choices.size()) {
            throw new DataException("has the answer \"" + answer + "\", which is neither one of the choices " + choices
                    + " nor an index from 0 to " + (choices.size() - 1));
        }
        return index;
    }

    private static Map<String, @Nullable Object> plain(Row row) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        row.values().forEach((column, value) -> plain.put(column, value.plain()));
        return Collections.unmodifiableMap(plain);
    }
}
