package io.graft.engine.benchmark;

import java.util.Locale;

/** What is trained. */
enum Mode {
    /** Every parameter. */
    FULL,
    /** A LoRA of rank 8 on queries and values. */
    LORA;

    /** The name in results and arguments. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
