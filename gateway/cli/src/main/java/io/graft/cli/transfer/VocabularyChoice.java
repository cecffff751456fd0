package io.graft.cli.transfer;

import io.graft.v1.VocabularyPolicy;
import java.util.Locale;

/** What to do when vocabularies differ. */
enum VocabularyChoice {
    REFUSE,
    ZERO_PAD_SOURCE,
    COMMON_ROWS;

    VocabularyPolicy policy() {
        return switch (this) {
            case REFUSE -> VocabularyPolicy.VOCABULARY_POLICY_REFUSE;
            case ZERO_PAD_SOURCE -> VocabularyPolicy.VOCABULARY_POLICY_ZERO_PAD_SOURCE;
            case COMMON_ROWS -> VocabularyPolicy.VOCABULARY_POLICY_COMMON_ROWS;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
