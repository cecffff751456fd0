package io.graft.transfer.domain;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.submission.ModelInput;
import io.graft.v1.ModelVersion;
import io.graft.v1.Vocabulary;
import io.graft.v1.VocabularyPolicy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares tokenizers: equal sizes don't make equal token ids. */
final class VocabularyCheck {
    private static final String CURE =
            "choose vocabulary_policy ZERO_PAD_SOURCE (new tokens get the fine-tuned rows) or"
                    + " COMMON_ROWS (only rows that all have are grafted), or versions of one vocabulary";

    private VocabularyCheck() {}

    /**
     * Compares the tokenizers that are there.
     *
     * @return warnings about what could not be compared
     * @throws GraftException {@code VOCABULARY_MISMATCH} when they differ and the policy is REFUSE
     */
    static List<String> check(List<ModelInput> inputs, VocabularyPolicy policy) {
        Map<String, Vocabulary> known = new LinkedHashMap<>();
        inputs.stream()
                .filter(input -> input.version().hasVocabulary())
                .forEach(input -> known.put(input.role(), input.version().getVocabulary()));
        boolean differ =
                known.values().stream().map(Vocabulary::getDigest).distinct().count() > 1;
        if (differ && policy == VocabularyPolicy.VOCABULARY_POLICY_REFUSE) {
            throw mismatch(known);
        }
        return inputs.stream()
                .filter(input ->
                        !input.version().hasVocabulary() && !input.role().equals(Role.DIFF))
                .map(ModelInput::version)
                .map(ModelVersion::getName)
                .distinct()
                .map(name -> name + " carries no tokenizer.json or vocab.txt, so its token ids could not be compared")
                .toList();
    }

    /** The refusal when the number of rows of an embedding differs. */
    static GraftException rows(String tensors, Map<String, String> metadata) {
        return new GraftException(
                ErrorCode.VOCABULARY_MISMATCH,
                "The vocabularies have different sizes: " + tensors + "; " + CURE,
                metadata);
    }

    private static GraftException mismatch(Map<String, Vocabulary> known) {
        Map<String, String> metadata = new HashMap<>();
        known.forEach((role, vocabulary) -> {
            metadata.put(role + "_size", Long.toString(vocabulary.getSize()));
            metadata.put(role + "_digest", vocabulary.getDigest());
        });
        String sizes = known.entrySet().stream()
                .map(side -> side.getKey() + " has " + side.getValue().getSize() + " tokens")
                .collect(Collectors.joining(", "));
        boolean sameSize =
                known.values().stream().map(Vocabulary::getSize).distinct().count() == 1;
        String what = sameSize ? "The same number of tokens, with other ids: " : "The vocabularies differ: ";
        return new GraftException(ErrorCode.VOCABULARY_MISMATCH, what + sizes + "; " + CURE, metadata);
    }
}
