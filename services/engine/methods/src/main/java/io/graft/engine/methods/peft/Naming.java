package io.graft.engine.methods.peft;

import java.util.List;

/** Whose names an adapter's file uses. They differ for ViT only, whose modules transformers 5 renamed. */
public enum Naming {
    /** The names of the model's checkpoint, which transformers 4 uses, too. */
    CHECKPOINT {
        @Override
        String fileName(String name) {
            return name;
        }
    },
    /** The names that transformers 5 gives modules in memory, and so PEFT with it. */
    TRANSFORMERS_5 {
        @Override
        String fileName(String name) {
            List<String> others = ModuleAliases.of(name);
            return others.isEmpty() ? name : others.getFirst();
        }
    };

    /** What the file calls a module or parameter of the model. */
    abstract String fileName(String name);
}
