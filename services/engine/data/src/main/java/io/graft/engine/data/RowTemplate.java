package io.graft.engine.data;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.RenderResult;
import io.graft.platform.datasets.row.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a text from the columns of a row by a Jinja template, set up as lm-evaluation-harness sets Jinja up: nothing is
 * trimmed, and a column that the row doesn't have is refused. A template that uses a filter or test that is not known is
 * refused when it is made. Not thread-safe.
 */
public final class RowTemplate {
    private final Jinjava jinja;
    private final String template;

    /**
     * A template.
     *
     * @param field what the template is for, named in messages
     * @throws DataException if the template uses what is not known
     */
    public RowTemplate(String field, String template) {
        this.jinja = TemplateEngine.open(settings -> settings.withFailOnUnknownTokens(true));
        this.template = TemplateEngine.adapted("The template of " + field, template, jinja);
    }

    /**
     * The text for a row.
     *
     * @throws DataException if the template asks for a column that the row has not, or fails on its value; the message is a
     *     clause
     */
    public String render(Row row) {
        Map<String, Object> bindings = new HashMap<>();
        row.values().forEach((column, value) -> bindings.put(column, value.plain()));
        RenderResult result = jinja.renderForResult(template, bindings);
        if (result.hasErrors()) {
            throw new DataException("does not fill in the template: "
                    + TemplateEngine.reason(result.getErrors().getFirst()) + "; the row has the columns "
                    + List.copyOf(row.values().keySet()));
        }
        return result.getOutput();
    }
}
