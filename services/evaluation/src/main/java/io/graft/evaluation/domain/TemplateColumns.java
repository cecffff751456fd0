package io.graft.evaluation.domain;

import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.DataCheck;
import io.graft.v1.ColumnType;
import io.graft.v1.DatasetVersion;
import io.graft.v1.LanguageTask;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
        missing.removeIf(name -> DataCheck.find(rows, name).isPresent());
        fields.require(
                missing.isEmpty(),
                field,
                "asks for " + String.join(", ", missing) + ", which is no column of " + rows.getName() + "; it has "
                        + DataCheck.names(rows));
    }

    private void list(String field, String name) {
        fields.require(
                name.isEmpty()
                        || DataCheck.find(rows, name)
                                .filter(column -> column.getType() == ColumnType.COLUMN_TYPE_LIST)
                                .isPresent(),
                field,
                "is '" + name + "', which is no column of " + rows.getName() + " with lists; it has "
                        + DataCheck.names(rows));
    }
}
