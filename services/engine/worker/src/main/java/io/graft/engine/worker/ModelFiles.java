package io.graft.engine.worker;

import io.graft.v1.ArtifactFile;
import io.graft.v1.Manifest;
import java.util.Set;

/** Tells weights, tokenizer files and the other small files of a model apart, by name. */
public final class ModelFiles {
    /** The configuration of a model. */
    public static final String CONFIG = "config.json";

    /** What people read first. */
    public static final String MODEL_CARD = "README.md";

    /** Where Graft's own additions to a version lie. */
    public static final String OWN_FOLDER = "graft/";

    private static final String WEIGHTS = ".safetensors";
    private static final String INDEX = ".safetensors.index.json";
    private static final Set<String> TOKENIZER = Set.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "tokenizer.model",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.txt",
            "vocab.json",
            "merges.txt",
            "spiece.model",
            "sentencepiece.bpe.model",
            "chat_template.jinja",
            "chat_template.json",
            "generation_config.json");

    private ModelFiles() {}

    /** Weights or the index of shards, which only lie at the top. */
    public static boolean isWeights(String path) {
        return !path.contains("/") && (path.endsWith(WEIGHTS) || path.endsWith(INDEX));
    }

    /** A file that belongs to the tokenizer or goes with it, as the ids of special tokens do. */
    public static boolean isTokenizer(String path) {
        return TOKENIZER.contains(path);
    }

    /**
     * A small file that is carried over to a result: text, neither weights in any format, nor tokenizer, nor the model card
     * of another version.
     */
    public static boolean isCarried(String path) {
        boolean text = path.endsWith(".json") || path.endsWith(".txt") || path.endsWith(".jinja");
        return text
                && !path.endsWith(INDEX)
                && !isTokenizer(path)
                && !path.equals(MODEL_CARD)
                && !path.startsWith(OWN_FOLDER);
    }

    /** Bytes of the weights of a version. */
    public static long weightBytes(Manifest manifest) {
        return manifest.getFilesList().stream()
                .filter(file -> isWeights(file.getPath()))
                .mapToLong(ArtifactFile::getSize)
                .sum();
    }
}
