package io.graft.engine.evaluation;

import io.graft.engine.data.DataException;
import io.graft.engine.data.TextTokenizer;
import io.graft.engine.metrics.likelihood.PromptAndContinuation;
import io.graft.engine.metrics.likelihood.RollingWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Makes tokens of a task's texts as lm-evaluation-harness' {@code HFLM} does with its defaults: the tokenizer's own special
 * tokens are added, unless a text begins with the prefix token. Messages of what it throws are clauses.
 */
final class TaskTokens {
    private final TextTokenizer tokenizer;
    private final int maxLength;
    private final int prefix;
    private final String prefixText;

    /** @param maxLength tokens that the model reads at most */
    TaskTokens(TextTokenizer tokenizer, int maxLength) {
        OptionalInt begin = tokenizer.beginId();
        this.tokenizer = tokenizer;
        this.maxLength = maxLength;
        this.prefix = begin.isPresent()
                ? begin.getAsInt()
                : tokenizer
                        .endId()
                        .orElseThrow(
                                () -> new DataException("The tokenizer names no token for the beginning or the end of"
                                        + " a text. Name bos_token or eos_token in tokenizer_config.json."));
        this.prefixText = tokenizer.decode(new int[] {prefix}, false);
    }

    TextTokenizer tokenizer() {
        return tokenizer;
    }

    int maxLength() {
        return maxLength;
    }

    private int[] encode(String text) {
        return tokenizer.encode(text, null, !text.startsWith(prefixText)).ids();
    }

    /** A prompt and what follows; an empty prompt is the prefix token. */
    Continuation pair(String prompt, String continuation) {
        Continuation pair = prompt.isEmpty() ? withPrefix(continuation) : split(prompt, continuation);
        if (pair.scored().length == 0 || pair.context().length == 0) {
            throw new DataException("makes a choice without a token of its own: \"" + continuation + "\"");
        }
        if (pair.scored().length > maxLength) {
            throw new DataException(
                    "makes a choice of " + pair.scored().length + " tokens, but the model reads at most " + maxLength);
        }
        return pair;
    }

    private Continuation withPrefix(String continuation) {
        int[] ids = tokenizer.encode(continuation, null, false).ids();
        return ids.length > 0 && ids[0] == prefix
                ? new Continuation(new int[] {prefix}, Arrays.copyOfRange(ids, 1, ids.length))
                : new Continuation(new int[] {prefix}, ids);
    }

    private Continuation split(String prompt, String continuation) {
        PromptAndContinuation texts = PromptAndContinuation.of(prompt, continuation);
        int[] context = encode(texts.prompt());
        int[] whole = encode(texts.whole());
        return new Continuation(
                context, Arrays.copyOfRange(whole, Math.min(context.length, whole.length), whole.length));
    }

    /** A text in windows: one token before each, and more before the last where it is shorter. */
    List<Continuation> windows(String text) {
        int[] ids = encode(text);
        if (ids.length == 0) {
            throw new DataException("makes a text without tokens");
        }
        List<Continuation> windows = new ArrayList<>();
        for (RollingWindow window : RollingWindow.of(ids.length, maxLength)) {
            int[] before = window.from() < 0
                    ? new int[] {prefix}
                    : Arrays.copyOfRange(ids, window.from(), window.predictFrom());
            windows.add(new Continuation(before, Arrays.copyOfRange(ids, window.predictFrom(), window.to())));
        }
        return windows;
    }

    /** A prompt, cut at its beginning so that new tokens have room after it. */
    int[] prompt(String prompt, int newTokens) {
        int most = maxLength - newTokens;
        if (most < 1) {
            throw new DataException(
                    "cannot be answered with " + newTokens + " tokens by a model that reads " + maxLength);
        }
        int[] ids = encode(prompt);
        if (ids.length == 0) {
            throw new DataException("makes a prompt without tokens");
        }
        return Arrays.copyOfRange(ids, Math.max(0, ids.length - most), ids.length);
    }
}
