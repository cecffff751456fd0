package io.graft.engine.conversion.bert;

import io.graft.engine.conversion.json.JsonDocument;
import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code tokenizer.json} says about a BERT tokenizer.
 *
 * @param lowercase whether text is lower-cased first
 * @param chinese whether Chinese characters are set apart
 * @param stripAccents whether accents are removed; null means whenever text is lower-cased
 */
record TokenizerFacts(
        long padToken,
        boolean lowercase,
        boolean chinese,
        @Nullable Boolean stripAccents) {
    private static final String PAD = "[PAD]";

    /**
     * Reads the file.
     *
     * @throws ImportException if it is no tokenizer with a padding token
     */
    static TokenizerFacts read(Path file) throws IOException {
        Map<String, @Nullable Object> tokenizer = JsonDocument.read(file);
        if (!(tokenizer.get("added_tokens") instanceof List<?> tokens)) {
            throw malformed(file, "it has no added_tokens");
        }
        Map<?, ?> normalizer = tokenizer.get("normalizer") instanceof Map<?, ?> map ? map : Map.of();
        for (Object token : tokens) {
            if (token instanceof Map<?, ?> map && PAD.equals(map.get("content")) && map.get("id") instanceof Long id) {
                return new TokenizerFacts(
                        id,
                        Boolean.TRUE.equals(normalizer.get("lowercase")),
                        Boolean.TRUE.equals(normalizer.get("handle_chinese_chars")),
                        normalizer.get("strip_accents") instanceof Boolean strip ? strip : null);
            }
        }
        throw malformed(file, "it has no token " + PAD);
    }

    /** The text of {@code tokenizer_config.json}. */
    String toConfig(long positions) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("clean_up_tokenization_spaces", true);
        config.put("cls_token", "[CLS]");
        config.put("do_lower_case", lowercase);
        config.put("mask_token", "[MASK]");
        config.put("model_max_length", positions);
        config.put("pad_token", PAD);
        config.put("sep_token", "[SEP]");
        config.put("strip_accents", stripAccents);
        config.put("tokenize_chinese_chars", chinese);
        config.put("tokenizer_class", "BertTokenizer");
        config.put("unk_token", "[UNK]");
        return JsonDocument.write(config);
    }

    private static ImportException malformed(Path file, String what) {
        return new ImportException(
                ImportProblem.JSON_MALFORMED,
                String.valueOf(file.getFileName()),
                what,
                "Give the tokenizer.json that belongs to the model");
    }
}
