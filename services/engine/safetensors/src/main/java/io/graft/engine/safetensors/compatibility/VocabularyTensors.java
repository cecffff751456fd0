package io.graft.engine.safetensors.compatibility;

import java.util.List;

/** Names under which architectures keep tensors with one row for each token. */
final class VocabularyTensors {
    private static final List<String> SUFFIXES = List.of(
            "embed_tokens.weight",
            "lm_head.weight",
            "lm_head.bias",
            "word_embeddings.weight",
            "wte.weight",
            "shared.weight",
            "predictions.decoder.weight",
            "predictions.decoder.bias",
            "predictions.bias");

    private VocabularyTensors() {}

    static boolean contains(String name) {
        return SUFFIXES.stream().anyMatch(suffix -> name.equals(suffix) || name.endsWith("." + suffix));
    }

    /** True when two shapes differ in their first dimension at most. */
    static boolean sameButRows(List<Long> left, List<Long> right) {
        return !left.isEmpty()
                && left.size() == right.size()
                && left.subList(1, left.size()).equals(right.subList(1, right.size()));
    }
}
