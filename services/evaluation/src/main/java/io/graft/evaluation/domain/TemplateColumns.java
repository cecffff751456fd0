package io.graft.evaluation.domain;

import io.graft.platform.submission.SpecFields;
import io.graft.v1.ColumnType;
import io.graft.v1.DatasetColumn;
import io.graft.v1.DatasetVersion;
import io.graft.v1.LanguageTask;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the columns that a task's templates ask for and a data set does not have. Only names that an expression begins with
 * are looked at, and none where a template has statements, which may name things of their own; what is not found here the
 * worker refuses with the row.
 */
record TemplateColumns(SpecFields fields, DatasetVersion rows) {
    private static final Pattern EXPRESSION = Pattern.compile("\\{\\{-?\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*[|.}\\[~-]");
    private static final String STATEMENT = "{%";

    /** Notes what is missing. */
    void check(LanguageTask task) {
        switch (task.getAskCase()) {
            case CHOICE -> {
                String path = LanguageFields.PATH + ".choice";
                named(path + ".prompt", task.getChoice().getPrompt());
                named(path + ".answer", task.getChoice().getAnswer());
                for (int i = 0; i < task.getChoice().getChoicesCount(); i++) {
                    named(path + ".choices[" + i + "]", task.getChoice().getChoices(i));
                }
                list(path + ".choices_column", task.getChoice().getChoicesColumn());
            }
            case PERPLEXITY ->
                named(
                        LanguageFields.PATH + ".perplexity.text",
                        task.getPerplexity().getText());
            case ANSWER -> {
                named(LanguageFields.PATH + ".answer.prompt", task.getAnswer().getPrompt());
                named(
                        LanguageFields.PATH + ".answer.completion",
                        task.getAnswer().getCompletion());
            }
            case ASK_NOT_SET -> {}
        }
    }

    private void named(String field, String template) {
        if (template.contains(STATEMENT)) {
            return;
        }
        TreeSet<String> missing = EXPRESSION
                .matcher(template)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        columns().map(DatasetColumn::getName).forEach(missing::remove);
        fields.require(
                missing.isEmpty(),
                field,
                "asks for " + String.join(", ", missing) + ", which is no column of " + rows.getName() + "; it has "
                        + names());
    }

    private void list(String field, String name) {
        List<DatasetColumn> found =
                columns().filter(column -> column.getName().equals(name)).toList();
        fields.require(
                name.isEmpty() || found.stream().anyMatch(column -> column.getType() == ColumnType.COLUMN_TYPE_LIST),
                field,
                "is '" + name + "', which is no column of " + rows.getName() + " with lists; it has " + names());
    }

    private Stream<DatasetColumn> columns() {
        return rows.getSchema().getColumnsList().stream();
    }

    private String names() {
        return columns().map(DatasetColumn::getName).collect(Collectors.joining(", "));
    }
}
