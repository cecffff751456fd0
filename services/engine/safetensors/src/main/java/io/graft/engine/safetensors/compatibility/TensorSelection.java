package io.graft.engine.safetensors.compatibility;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which tensors take part. Patterns are Java regular expressions that must match the <em>whole</em> tensor name: write
 * {@code .*bias} for every bias. A tensor takes part when some include pattern matches (or none is given) and no exclude
 * pattern does.
 */
public final class TensorSelection {
    /** Every tensor. */
    public static final TensorSelection ALL = of(List.of(), List.of());

    private static final int MAX_LENGTH = 1_000;

    private final List<Pattern> include;
    private final List<Pattern> exclude;

    private TensorSelection(List<Pattern> include, List<Pattern> exclude) {
        this.include = include;
        this.exclude = exclude;
    }

    /**
     * Compiles the patterns.
     *
     * @throws TensorPatternException naming the first pattern that is malformed or over 1000 characters
     */
    public static TensorSelection of(List<String> include, List<String> exclude) {
        return new TensorSelection(compile(include), compile(exclude));
    }

    /**
     * Whether a tensor takes part.
     *
     * @throws TensorPatternException if a pattern backtracks beyond a fixed budget on this name
     */
    public boolean selects(String tensor) {
        return (include.isEmpty() || anyMatches(include, tensor)) && !anyMatches(exclude, tensor);
    }

    private static boolean anyMatches(List<Pattern> patterns, String tensor) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(new MeteredText(tensor, pattern.pattern()))
                        .matches());
    }

    private static List<Pattern> compile(List<String> patterns) {
        return patterns.stream().map(TensorSelection::compile).toList();
    }

    private static Pattern compile(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            throw new TensorPatternException(pattern.substring(0, 60) + "...", "is over " + MAX_LENGTH + " characters");
        }
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException malformed) {
            throw new TensorPatternException(pattern, "is not a regular expression: " + malformed.getDescription());
        }
    }
}
