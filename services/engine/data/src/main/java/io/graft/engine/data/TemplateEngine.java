package io.graft.engine.data;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.TemplateError;
import java.io.IOException;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Jinja as Python's users know it. Templates come from strangers: they read no file, and what they write and loop over is
 * bounded.
 */
final class TemplateEngine {
    private static final int MOST_OUTPUT = 1 << 24;
    private static final int MOST_ITEMS = 100_000;

    /** The library would loop over all items without a word. */
    private static final Pattern FILTERED_LOOP = Pattern.compile("\\{%-?\\s*for\\s[^%]*?\\sin\\s[^%]*?\\sif\\s");

    private TemplateEngine() {}

    /**
     * A template as the library reads it.
     *
     * @param name what the template is, as the subject of a sentence
     * @throws DataException if it can't be followed
     */
    static String adapted(String name, String template, Jinjava jinja) {
        if (FILTERED_LOOP.matcher(template).find()) {
            throw new DataException(name + " has a loop with a condition ({% for ... if ... %}), which cannot be"
                    + " followed. Put an {% if %} inside the loop.");
        }
        Set<String> unknown = TemplateNames.unknown(template, jinja.getGlobalContext());
        if (!unknown.isEmpty()) {
            throw new DataException(name + " uses " + String.join(", ", unknown)
                    + ", which cannot be followed. Write it with the filters and tests of Jinja that are common.");
        }
        return template.replace(".startswith(", ".startsWith(").replace(".endswith(", ".endsWith(");
    }

    static Jinjava open(UnaryOperator<JinjavaConfig.Builder> settings) {
        Jinjava jinja = new Jinjava(settings.apply(JinjavaConfig.newBuilder())
                .withKeepTrailingNewline(true)
                .withMaxOutputSize(MOST_OUTPUT)
                .withRangeLimit(MOST_ITEMS)
                .withMaxListSize(MOST_ITEMS)
                .withMaxMapSize(MOST_ITEMS)
                .withNestedInterpretationEnabled(false)
                .withLegacyOverrides(LegacyOverrides.newBuilder()
                        .withEvaluateMapKeys(true)
                        .withIterateOverMapKeys(true)
                        .withUsePyishObjectMapper(true)
                        .withUseSnakeCasePropertyNaming(true)
                        .withParseWhitespaceControlStrictly(true)
                        .withKeepNullableLoopValues(true)
                        .withAllowAdjacentTextNodes(true)
                        .withDefaultKeepTrailingNewlineBehavior(true)
                        .withUseTrimmingForNotesAndExpressions(true)
                        .build())
                .build());
        jinja.setResourceLocator((name, encoding, interpreter) -> {
            throw new IOException("a template reads no other file, but asks for " + name);
        });
        jinja.getGlobalContext().registerFilter(new PythonJsonFilter());
        return jinja;
    }

    /** What the innermost exception says: a template's own words come wrapped. */
    static String reason(TemplateError error) {
        String reason = error.getMessage();
        Throwable cause = error.getException();
        while (cause != null) {
            reason = cause.getMessage() == null ? reason : cause.getMessage();
            cause = cause.getCause();
        }
        return reason;
    }
}
