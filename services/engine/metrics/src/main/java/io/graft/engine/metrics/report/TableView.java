package io.graft.engine.metrics.report;

import static io.graft.engine.metrics.report.Markup.escape;

import java.util.List;
import java.util.stream.Collectors;

/** Shows rows of text. */
final class TableView {
    private TableView() {}

    static String html(ReportSection.Table table) {
        return "<div class=\"scroll\"><table><thead>%s</thead><tbody>%s</tbody></table></div>"
                .formatted(
                        row(table.columns(), "th scope=\"col\"", "th"),
                        table.rows().stream().map(r -> row(r, "td", "td")).collect(Collectors.joining()));
    }

    private static String row(List<String> cells, String open, String close) {
        return cells.stream()
                .map(cell -> "<" + open + ">" + escape(cell) + "</" + close + ">")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }
}
