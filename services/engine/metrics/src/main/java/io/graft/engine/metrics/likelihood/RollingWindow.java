package io.graft.engine.metrics.likelihood;

import io.graft.engine.metrics.InputCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a long text that a model predicts in one pass. Windows are as lm-evaluation-harness' {@code
 * get_rolling_token_windows} with a context of one token: they predict every token once; the last one looks back further.
 *
 * @param from index of the first token that the model reads; -1 is the prefix token (usually end of text) before the text
 * @param predictFrom index of the first token that it is scored on
 * @param to index after the last token that it is scored on; the model reads up to {@code to - 1}, exclusive
 */
public record RollingWindow(int from, int predictFrom, int to) {
    /**
     * Cuts a text into windows.
     *
     * @param tokens how many tokens the text has
     * @param maxLength how many tokens the model reads at most, 1 or more
     */
    public static List<RollingWindow> of(int tokens, int maxLength) {
        new InputCheck()
                .require(tokens > 0, "tokens", "is " + tokens, "give a text with at least one token")
                .require(maxLength > 0, "max_length", "is " + maxLength, "take the model's context length")
                .done();
        List<RollingWindow> windows = new ArrayList<>();
        int done = Math.min(maxLength, tokens);
        windows.add(new RollingWindow(-1, 0, done));
        while (done < tokens) {
            int to = Math.min(done + maxLength, tokens);
            windows.add(new RollingWindow(to - maxLength - 1, done, to));
            done = to;
        }
        return windows;
    }
}
