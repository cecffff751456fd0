package io.graft.engine.models.vit;

import java.util.List;

/**
 * Names of a vision transformer's modules. Checkpoints have those of transformers 4 in whatever release they are written;
 * transformers 5 has others in memory, and adapters are stored with the names in memory.
 */
final class VitNames {
    private record Renaming(String stored, String inMemory) {}

    /** Longer names first, for {@code output.dense} is a part of another. */
    private static final List<Renaming> RENAMINGS = List.of(
            new Renaming("encoder.layer.", "layers."),
            new Renaming("attention.attention.query", "attention.q_proj"),
            new Renaming("attention.attention.key", "attention.k_proj"),
            new Renaming("attention.attention.value", "attention.v_proj"),
            new Renaming("attention.output.dense", "attention.o_proj"),
            new Renaming("intermediate.dense", "mlp.fc1"),
            new Renaming("output.dense", "mlp.fc2"));

    private VitNames() {}

    /** The name in checkpoints. */
    static String stored(String name) {
        String renamed = name;
        for (Renaming renaming : RENAMINGS) {
            renamed = renamed.replace(renaming.inMemory(), renaming.stored());
        }
        return renamed;
    }

    /** The name in the memory of transformers 5. */
    static String inMemory(String name) {
        String renamed = name;
        for (Renaming renaming : RENAMINGS) {
            renamed = renamed.replace(renaming.stored(), renaming.inMemory());
        }
        return renamed;
    }
}
