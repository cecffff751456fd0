package io.graft.platform.grpc;

import io.graft.platform.error.FieldViolation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the text of a refusal within what clients take as headers; many stop at 8 KiB in all, and text is sent three times. */
final class AnswerSize {
    private static final int MAX_MESSAGE = 1_300;
    private static final int MAX_VIOLATIONS = 1_300;
    private static final int MAX_METADATA = 900;

    private AnswerSize() {}

    /** The text, or its beginning. */
    static String message(String text) {
        return cut(text, MAX_MESSAGE);
    }

    /** As many of the bad fields as there is room for, at least one; the last one says how many more there are. */
    static List<FieldViolation> violations(List<FieldViolation> all) {
        List<FieldViolation> shown = new ArrayList<>();
        int length = 0;
        for (FieldViolation violation : all) {
            FieldViolation brief = new FieldViolation(
                    cut(violation.field(), MAX_VIOLATIONS / 4), cut(violation.description(), MAX_VIOLATIONS / 2));
            length += brief.field().length() + brief.description().length();
            if (length > MAX_VIOLATIONS && !shown.isEmpty()) {
                shown.add(new FieldViolation(
                        brief.field(),
                        "and " + (all.size() - shown.size()) + " fields from here on; mend these first"));
                return shown;
            }
            shown.add(brief);
        }
        return shown;
    }

    /** As many of the facts as there is room for, by key. */
    static Map<String, String> metadata(Map<String, String> all) {
        Map<String, String> shown = new HashMap<>();
        int length = 0;
        for (Map.Entry<String, String> fact : new TreeMap<>(all).entrySet()) {
            String brief = cut(fact.getValue(), MAX_METADATA / 3);
            length += fact.getKey().length() + brief.length();
            if (length <= MAX_METADATA) {
                shown.put(fact.getKey(), brief);
            }
        }
        return shown;
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 3) + "...";
    }
}
