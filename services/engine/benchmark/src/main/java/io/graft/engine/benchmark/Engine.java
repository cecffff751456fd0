package io.graft.engine.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Who trains. */
enum Engine {
    /** This repository's engine. */
    GRAFT(Set.of(Mode.FULL, Mode.LORA)),
    /** transformers in a loop of its own; its LoRA is a few lines of PyTorch. */
    PYTORCH(Set.of(Mode.FULL, Mode.LORA)),
    /** transformers with Hugging Face PEFT. */
    PEFT(Set.of(Mode.LORA));

    private final Set<Mode> modes;

    Engine(Set<Mode> modes) {
        this.modes = modes;
    }

    /** Everyone who can, Graft first. */
    static List<Engine> of(Mode mode) {
        return Arrays.stream(values())
                .filter(engine -> engine.modes.contains(mode))
                .toList();
    }

    /** The name in results and arguments. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
