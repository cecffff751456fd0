package io.graft.finetuning.domain;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A caller's regular expression over names of modules, which must not take the service's time. Not thread-safe. */
final class NamePattern {
    private static final int LONGEST = 500;
    private static final int MOST_LOOKS = 100_000;

    private final Pattern pattern;

    /** @throws PatternSyntaxException when it is none, or too long */
    NamePattern(String expression) {
        if (expression.length() > LONGEST) {
            throw new PatternSyntaxException("it has more than " + LONGEST + " characters", expression, LONGEST);
        }
        this.pattern = Pattern.compile(expression);
    }

    /**
     * Whether it matches a whole name.
     *
     * @throws PatternSyntaxException when it goes back and forth without end
     */
    boolean matches(String name) {
        return pattern.matcher(new Watched(name, pattern.pattern())).matches();
    }

    /** A text that counts how often it is looked at. */
    private static final class Watched implements CharSequence {
        private final String text;
        private final String expression;
        private int looks;

        Watched(String text, String expression) {
            this.text = text;
            this.expression = expression;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_LOOKS) {
                throw new PatternSyntaxException(
                        "it takes too long on " + text + "; say it more simply", expression, -1);
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
