package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.report.ReportSection;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a measurement leaves beside its numbers.
 *
 * @param files to be committed with the report, by name
 * @param sections to be shown in the page
 */
record Extras(SortedMap<String, Content> files, List<ReportSection> sections) {
    /** Nothing. */
    static final Extras NONE = new Extras(Map.of(), List.of());

    /** The text of a file. */
    @FunctionalInterface
    interface Content {
        void write(Appendable out) throws IOException;
    }

    Extras {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        sections = List.copyOf(sections);
    }

    Extras(Map<String, Content> files, List<ReportSection> sections) {
        this(new TreeMap<>(files), sections);
    }
}
