package io.graft.engine.methods.peft;

import java.util.Locale;

/** Which biases of the base model are trained along with an adapter. */
public enum BiasMode {
    /** None. */
    NONE,
    /** All of the model. */
    ALL,
    /** Those of the modules that have an adapter. */
    LORA_ONLY;

    /** PEFT's word. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
