package io.graft.engine.data;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A text tokenizer of the Hugging Face kind, as the published library works it. Holds native memory until it is closed;
 * no network, no tensors. Not thread-safe.
 */
public final class TextTokenizer implements AutoCloseable {
    static {
        // The native library lies in the jar; without this DJL may ask the network for one that fits a GPU.
        if (System.getProperty("ai.djl.offline") == null) {
            System.setProperty("ai.djl.offline", "true");
        }
    }

    private final Path folder;
    private final byte[] definition;
    private final Vocabulary vocabulary;
    private final SpecialTokens special;
    private final HuggingFaceTokenizer whole;
    private @Nullable HuggingFaceTokenizer cutting;
    private int cutAt;

    private TextTokenizer(Path folder, byte[] definition, Vocabulary vocabulary, SpecialTokens special)
            throws IOException {
        this.folder = folder;
        this.definition = definition;
        this.vocabulary = vocabulary;
        this.special = special;
        this.whole = load(Map.of("truncation", "false", "padding", "false"));
    }

    /**
     * Opens the tokenizer of a model.
     *
     * @param modelFolder holds {@code tokenizer.json}; {@code tokenizer_config.json}, {@code special_tokens_map.json} and
     *     {@code config.json} are read if they are there
     * @throws DataException if there is no tokenizer.json, or it cannot be used
     */
    public static TextTokenizer open(Path modelFolder) throws IOException {
        Path file = modelFolder.resolve("tokenizer.json");
        JsonNode tokenizer = JsonFile.read(file);
        if (tokenizer.isMissingNode()) {
            throw new DataException("The model has no tokenizer.json. Add the file, for example with"
                    + " save_pretrained of a fast tokenizer in transformers, and import the model again.");
        }
        return new TextTokenizer(
                modelFolder, Files.readAllBytes(file), Vocabulary.of(tokenizer), SpecialTokens.of(modelFolder));
    }

    private HuggingFaceTokenizer load(Map<String, String> options) throws IOException {
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(definition), options);
        } catch (RuntimeException refused) {
            throw new DataException(
                    "tokenizer.json is no tokenizer: " + refused.getMessage()
                            + ". Import the model again with the file as it was published.",
                    refused);
        }
    }

    /**
     * A text as tokens.
     *
     * @param types 0 for tokens of the first text and 1 for those of the second, as the tokenizer says; as many as ids
     */
    public record Encoded(int[] ids, int[] types) {
        static Encoded of(Encoding encoding) {
            return new Encoded(whole(encoding.getIds()), whole(encoding.getTypeIds()));
        }

        private static int[] whole(long[] ids) {
            return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
        }
    }

    /** All tokens, never cut or padded. */
    public Encoded encode(String text, @Nullable String pair, boolean specialTokens) {
        return encode(whole, text, pair, specialTokens);
    }

    /** Special tokens included, cut to a length from the longer text's end on as transformers' {@code longest_first}. */
    Encoded encodeCut(String text, @Nullable String pair, int maxLength) throws IOException {
        HuggingFaceTokenizer cut = cutting;
        if (cut == null || cutAt != maxLength) {
            if (cut != null) {
                cut.close();
            }
            cut = load(Map.of(
                    "truncation", "LONGEST_FIRST", "padding", "false", "maxLength", Integer.toString(maxLength)));
            cutting = cut;
            cutAt = maxLength;
        }
        return encode(cut, text, pair, true);
    }

    private static Encoded encode(
            HuggingFaceTokenizer tokenizer, String text, @Nullable String pair, boolean specialTokens) {
        return Encoded.of(
                pair == null
                        ? tokenizer.encode(text, specialTokens, false)
                        : tokenizer.encode(text, pair, specialTokens, false));
    }

    /** The text of tokens; special ones are left out if {@code skipSpecial}. */
    public String decode(int[] ids, boolean skipSpecial) {
        return whole.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecial);
    }

    /** The token to fill up rows with, 0 if the files name none. */
    public int paddingId() {
        return special.id("pad", vocabulary).orElse(0);
    }

    /** The token after the end of a text: the one of sequences, else the one that parts texts. */
    public OptionalInt endId() {
        OptionalInt end = special.id("eos", vocabulary);
        return end.isPresent() ? end : special.id("sep", vocabulary);
    }

    /** The token before the beginning of a text, if the files name one. */
    public OptionalInt beginId() {
        return special.id("bos", vocabulary);
    }

    /** The greatest id and one. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    /** Where the files lie. */
    Path folder() {
        return folder;
    }

    /** Tokens by role, such as {@code eos_token}. */
    Map<String, String> specialTokens() {
        return special.names();
    }

    @Override
    public void close() {
        whole.close();
        if (cutting != null) {
            cutting.close();
        }
    }
}
