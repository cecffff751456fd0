package io.graft.engine.tensors;

/**
 * Where every random draw comes from: draw number {@code position} under {@code seed} is always the same, so two numbers are
 * the whole state and a resumed run goes on as if it had never stopped.
 *
 * <p>libtorch's generator is set anew for each draw from a mix of seed and position. Used by the runtime's thread only.
 */
public final class Randomness {
    private final Torch torch;
    private long seed;
    private long position;

    Randomness(Torch torch, long seed) {
        this.torch = torch;
        this.seed = seed;
    }

    /** What has to be stored for a resume. */
    public record State(long seed, long position) {}

    /** Where the draws stand. */
    public State state() {
        return new State(seed, position);
    }

    /** Goes on from a stored state. */
    public void restore(State state) {
        this.seed = state.seed();
        this.position = state.position();
    }

    /** Starts anew from a seed. */
    public void reseed(long other) {
        restore(new State(other, 0));
    }

    /** Prepares libtorch's generator for the next draw; call it right before an operator that draws. */
    public void next() {
        draw(seed, position++);
    }

    /** Prepares a draw that depends on the seed and a name only, as the initial value of a weight does. */
    public void named(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        draw(seed ^ 0x5851f42d4c957f2dL, hash);
    }

    /** A uniform double in [0, 1) of Java's own, drawn at the next position. */
    public double nextDouble() {
        return (mix(mix(seed) ^ position++) >>> 11) * 0x1p-53;
    }

    private void draw(long from, long at) {
        torch.enter();
        try {
            // The generator takes the low 32 bits only: a permutation of them keeps 2^32 draws distinct under one seed.
            Native.seed((mix32((int) (at ^ (at >>> 32))) ^ mix(from)) & 0xffffffffL);
        } finally {
            torch.leave();
        }
    }

    /** Finaliser of SplitMix64 (Steele et al. 2014). */
    private static long mix(long x) {
        long z = x + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Finaliser of MurmurHash3, a permutation of 32 bit numbers. */
    private static long mix32(int x) {
        int z = (x ^ (x >>> 16)) * 0x85ebca6b;
        z = (z ^ (z >>> 13)) * 0xc2b2ae35;
        return z ^ (z >>> 16);
    }
}
