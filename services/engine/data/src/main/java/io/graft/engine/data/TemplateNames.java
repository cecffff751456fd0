package io.graft.engine.data;

import com.hubspot.jinjava.interpret.Context;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the filters and tests that a template names and the library doesn't know: it would take them for nothing. */
final class TemplateNames {
    private static final Pattern TAGS = Pattern.compile("\\{\\{(.*?)}}|\\{%(.*?)%}", Pattern.DOTALL);
    private static final Pattern STRINGS = Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern FILTERS = Pattern.compile("\\|\\s*([a-zA-Z_]\\w*)");
    private static final Pattern TESTS = Pattern.compile("\\bis\\s+(?:not\\s+)?([a-zA-Z_]\\w*)");

    private TemplateNames() {}

    /** Sorted; empty if all are known. */
    static Set<String> unknown(String template, Context known) {
        Set<String> unknown = new TreeSet<>();
        Matcher tags = TAGS.matcher(template);
        while (tags.find()) {
            String code = STRINGS.matcher(tags.group()).replaceAll("''");
            collect(FILTERS.matcher(code), name -> known.getFilter(name) == null, unknown);
            collect(TESTS.matcher(code), name -> known.getExpTest(name) == null, unknown);
        }
        return unknown;
    }

    private static void collect(Matcher names, Predicate<String> unknown, Set<String> into) {
        while (names.find()) {
            if (unknown.test(names.group(1))) {
                into.add(names.group(1));
            }
        }
    }
}
