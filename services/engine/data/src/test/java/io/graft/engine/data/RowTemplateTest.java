package io.graft.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTemplateTest {
    private static final Row ROW = new Row(
            "a.jsonl",
            1,
            Map.of(
                    "question",
                    new Value.Text("Is it {{ late }}? "),
                    "number",
                    new Value.Whole(3),
                    "options",
                    new Value.Items(List.of(new Value.Text("yes"), new Value.Text("no"))),
                    "gone",
                    Value.Absent.ABSENT));

    private static String rendered(String template) {
        return new RowTemplate("prompt", template).render(ROW);
    }

    @Test
    void columnsAreWrittenAsTheyAre() {
        assertThat(rendered("Q: {{question}}\n{% for o in options %}{{loop.index0}}) {{o}}\n{% endfor %}A{{number}}\n"))
                .isEqualTo("Q: Is it {{ late }}? \n0) yes\n1) no\nA3\n");
        assertThat(rendered("{{options[1] | upper}}{% if number > 2 %}!{% endif %}"))
                .isEqualTo("NO!");
    }

    @Test
    void aColumnThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> rendered("{{label}}"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("label")
                .hasMessageContaining("the row has the columns");
        assertThatThrownBy(() -> rendered("{{gone}}")).hasMessageContaining("gone");
    }

    @Test
    void whatCannotBeFollowedIsRefused() {
        assertThatThrownBy(() -> rendered("{{question | nosuchfilter}}"))
                .hasMessageContaining("The template of prompt uses nosuchfilter");
        assertThatThrownBy(() -> rendered("{% for o in options if o %}{{o}}{% endfor %}"))
                .hasMessageContaining("loop with a condition");
        assertThatThrownBy(() -> rendered("{% include '/etc/hostname' %}")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> rendered("{{ question")).isInstanceOf(DataException.class);
    }
}
