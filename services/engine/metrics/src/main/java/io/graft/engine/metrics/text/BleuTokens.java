package io.graft.engine.metrics.text;

import java.util.List;
import java.util.regex.Pattern;

/** How BLEU splits a text, under sacrebleu's names. */
public enum BleuTokens {
    /** As mteval-v13a, the tokens of WMT: sacrebleu's default. */
    V13A("13a") {
        @Override
        List<String> of(String text) {
            String line = text.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
            if (line.contains("&")) {
                line = line.replace("&quot;", "\"")
                        .replace("&amp;", "&")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">");
            }
            line = SYMBOLS.matcher(" " + line + " ").replaceAll(" $1 ");
            line = AFTER_NO_DIGIT.matcher(line).replaceAll("$1 $2 ");
            line = BEFORE_NO_DIGIT.matcher(line).replaceAll(" $1 $2");
            return Words.of(DASH_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 "));
        }
    },
    /** Each character by itself. */
    CHARACTER("char") {
        @Override
        List<String> of(String text) {
            return Words.of(String.join(" ", Words.characters(text)));
        }
    },
    /** Split at white space only, for text that is tokenised already. */
    NONE("none") {
        @Override
        List<String> of(String text) {
            return Words.of(text);
        }
    };

    private static final Pattern SYMBOLS = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
    private static final Pattern AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

    private final String signature;

    BleuTokens(String signature) {
        this.signature = signature;
    }

    abstract List<String> of(String text);

    String signature() {
        return signature;
    }
}
