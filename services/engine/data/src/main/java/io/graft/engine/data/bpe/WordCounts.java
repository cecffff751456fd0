package io.graft.engine.data.bpe;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often each word of a corpus comes, in bytes of {@link ByteAlphabet}. Words are parted by GPT-2's pattern, which puts
 * the space before a word into it; no merge crosses a word. Not thread-safe.
 */
public final class WordCounts {
    private static final Pattern WORDS = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private final Map<String, Long> counts = new HashMap<>();

    /** Takes a text into account; texts are never joined. */
    public void add(String text) {
        Matcher words = WORDS.matcher(text);
        while (words.find()) {
            counts.merge(words.group(), 1L, Long::sum);
        }
    }

    /** Words in bytes, in no order. */
    Map<String, Long> inBytes() {
        Map<String, Long> bytes = HashMap.newHashMap(counts.size());
        counts.forEach((word, count) -> bytes.merge(ByteAlphabet.of(word), count, Long::sum));
        return bytes;
    }
}
