package io.graft.engine.methods.peft;

import java.util.Locale;

/** How the factors of a new adapter start. */
public enum Initialization {
    /** A uniform within 1/sqrt(in) (Kaiming with a = sqrt 5), B zero: PEFT's {@code true}. */
    KAIMING,
    /** A normal with deviation 1/r, B zero. */
    GAUSSIAN,
    /** The principal singular triplets of the weight, which leaves their rest in the base (Meng et al. 2024). */
    PISSA,
    /** The first columns of a QR decomposition of the weight, likewise (Büyükakyüz 2024). */
    OLORA,
    /** The principal directions of the layer's inputs, ranks shared out by explained variance, B zero (Paischer et al. 2024). */
    EVA,
    /** A and B span orthogonal subspaces of one random orthogonal matrix, so that BA is zero. */
    ORTHOGONAL,
    /** Both random: PEFT's {@code false}, for debugging. */
    RANDOM;

    /** Whether the base weight changes when the adapter is made, so that the adapter alone means nothing. */
    public boolean changesBase() {
        return switch (this) {
            case PISSA, OLORA -> true;
            case KAIMING, GAUSSIAN, EVA, ORTHOGONAL, RANDOM -> false;
        };
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
