package io.graft.engine.data.bpe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Learns a byte-level BPE tokenizer, which can write any text, and stores it as the Hugging Face libraries read it.
 *
 * @param vocabularySize special tokens and the 256 bytes included; a small corpus may give fewer
 * @param special tokens that text never becomes, from id 0 on; the end of a text among them
 * @param end the special token that ends a text and fills up rows
 * @param leastCount occurrences of a pair below which it is not merged
 */
public record BytePairTraining(int vocabularySize, List<String> special, String end, long leastCount) {
    private static final int BYTES = 256;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** With the one special token {@code <|endoftext|>} and pairs that come at least twice. */
    public static BytePairTraining ofSize(int vocabularySize) {
        return new BytePairTraining(vocabularySize, List.of("<|endoftext|>"), "<|endoftext|>", 2);
    }

    /** @throws DataException if the sizes and tokens do not fit each other; it names each fault */
    public BytePairTraining {
        special = List.copyOf(special);
        if (vocabularySize < BYTES + special.size() || vocabularySize > 1_000_000) {
            throw new DataException("A vocabulary of " + vocabularySize + " tokens cannot be learnt. Choose from "
                    + (BYTES + special.size()) + ", the bytes and special tokens, to 1000000.");
        }
        if (!special.contains(end)
                || special.stream().anyMatch(String::isBlank)
                || special.stream().distinct().count() < special.size()) {
            throw new DataException("The special tokens " + special + " are blank, twice there or lack the end token '"
                    + end + "'. List each once, the end token among them.");
        }
    }

    /**
     * Writes {@code tokenizer.json} and {@code tokenizer_config.json} into a folder.
     *
     * @throws DataException if the corpus has no word
     */
    public void run(WordCounts corpus, Path folder) throws IOException {
        Map<String, Long> words = corpus.inBytes();
        if (words.isEmpty()) {
            throw new DataException("The texts have no word to learn a vocabulary from. Choose a column with text.");
        }
        BytePairs learnt = BytePairs.learn(special, words, vocabularySize, leastCount);
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer(learnt));
        ObjectNode config = JSON.createObjectNode()
                .put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("bos_token", end)
                .put("eos_token", end)
                .put("pad_token", end)
                .put("clean_up_tokenization_spaces", false);
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("tokenizer_config.json").toFile(), config);
    }

    private ObjectNode tokenizer(BytePairs learnt) {
        ObjectNode root = JSON.createObjectNode().put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < special.size(); id++) {
            added.addObject()
                    .put("id", id)
                    .put("content", special.get(id))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putNull("normalizer");
        byteLevel(root.putObject("pre_tokenizer")).put("use_regex", true);
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder")).put("use_regex", true);
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.putNull("dropout");
        model.putNull("unk_token");
        model.putNull("continuing_subword_prefix");
        model.putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        ObjectNode vocabulary = model.putObject("vocab");
        learnt.vocabulary().forEach(vocabulary::put);
        ArrayNode merges = model.putArray("merges");
        learnt.merges().forEach(pair -> pair.forEach(merges.addArray()::add));
        return root;
    }

    private static ObjectNode byteLevel(ObjectNode node) {
        return node.put("type", "ByteLevel").put("add_prefix_space", false).put("trim_offsets", true);
    }
}
