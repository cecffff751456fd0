package io.graft.cli.transfer;

import io.graft.v1.TokenizerSource;
import java.util.Locale;

/** Whose tokenizer a result carries. */
enum TokenizerChoice {
    FINETUNED_SOURCE,
    TARGET;

    TokenizerSource source() {
        return switch (this) {
            case FINETUNED_SOURCE -> TokenizerSource.TOKENIZER_SOURCE_FINETUNED_SOURCE;
            case TARGET -> TokenizerSource.TOKENIZER_SOURCE_TARGET;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
