package io.graft.engine.metrics.likelihood;

/**
 * A prompt and what follows, ready to be tokenised: white space at the prompt's end belongs to the continuation, because
 * tokenizers join it with the next word (as lm-evaluation-harness' {@code _encode_pair}). Tokenise {@link #whole} and {@link
 * #prompt}; the continuation's tokens are those of the whole beyond the number of the prompt's.
 *
 * @param prompt without white space at its end
 * @param continuation with that white space before it
 */
public record PromptAndContinuation(String prompt, String continuation) {
    /** Moves the white space. */
    public static PromptAndContinuation of(String prompt, String continuation) {
        String bare = prompt.stripTrailing();
        return new PromptAndContinuation(bare, prompt.substring(bare.length()) + continuation);
    }

    /** Both together. */
    public String whole() {
        return prompt + continuation;
    }
}
