package io.graft.engine.metrics.likelihood;

import io.graft.engine.metrics.InputCheck;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How well a text was predicted, as in lm-evaluation-harness' rolling perplexity. Only per word and per byte can models with
 * different tokenizers be compared.
 *
 * @param logLikelihood of the whole text in nats
 * @param tokens how many tokens were predicted
 * @param words runs of other characters than white space
 * @param bytes in UTF-8
 */
public record Perplexity(double logLikelihood, long tokens, long words, long bytes) {
    /**
     * @throws io.graft.engine.metrics.MetricInputException naming every count below 1 and a log-likelihood above 0
     */
    public Perplexity {
        new InputCheck()
                .require(logLikelihood <= 0, "log_likelihood", "is " + logLikelihood, "give a sum of log-probabilities")
                .require(tokens > 0, "tokens", "is " + tokens, "predict at least one token")
                .require(words > 0, "words", "is " + words, "give a text with words")
                .require(bytes > 0, "bytes", "is " + bytes, "give a text")
                .done();
    }

    /** Of a text and the log-probability of each of its tokens. */
    public static Perplexity of(double[] tokenLogProbabilities, String text) {
        double sum = 0;
        for (double value : tokenLogProbabilities) {
            sum += value;
        }
        long words = text.isBlank() ? 0 : text.strip().split("\\s+").length;
        return new Perplexity(sum, tokenLogProbabilities.length, words, text.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Of several texts together: their sums. */
    public static Perplexity total(List<Perplexity> texts) {
        return texts.stream()
                .reduce((a, b) -> new Perplexity(
                        a.logLikelihood + b.logLikelihood, a.tokens + b.tokens, a.words + b.words, a.bytes + b.bytes))
                .orElseGet(() -> new Perplexity(0, 0, 0, 0));
    }

    /** {@code exp} of the mean loss a token. */
    public double token() {
        return Math.exp(-logLikelihood / tokens);
    }

    /** {@code exp} of the mean loss a word: {@code word_perplexity}. */
    public double word() {
        return Math.exp(-logLikelihood / words);
    }

    /** {@code exp} of the mean loss a byte: {@code byte_perplexity}. */
    public double byteLevel() {
        return Math.exp(-logLikelihood / bytes);
    }

    /** The mean loss a byte in bits: {@code bits_per_byte}. */
    public double bitsPerByte() {
        return -logLikelihood / bytes / Math.log(2);
    }
}
