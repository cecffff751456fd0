package io.graft.engine.metrics.report;

import java.util.List;

/**
 * What a page shows. All text is taken as text: whatever stands in it is escaped.
 *
 * @param facts what was measured with what: models, data, versions
 * @param sections in the order of the page
 */
public record Report(String title, List<Fact> facts, List<ReportSection> sections) {
    public Report {
        facts = List.copyOf(facts);
        sections = List.copyOf(sections);
    }

    /** A name and its value. */
    public record Fact(String name, String value) {}
}
