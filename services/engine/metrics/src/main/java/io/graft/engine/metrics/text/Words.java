package io.graft.engine.metrics.text;

import java.util.ArrayList;
import java.util.List;

/** Splits at white space as Python's {@code str.split()} does: at any run of Unicode white space, without empty words. */
final class Words {
    private static final int NEXT_LINE = 0x85;

    private Words() {}

    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (!isSpace(c)) {
                word.appendCodePoint(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        });
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    static List<String> characters(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint == NEXT_LINE;
    }

    /** Python's {@code str.strip()}, which unlike Java's takes every kind of space away. */
    static String withoutOuterSpace(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        return withoutTrailingSpace(text.substring(start));
    }

    /** Python's {@code str.rstrip()}. */
    static String withoutTrailingSpace(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }
}
