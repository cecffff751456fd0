package io.graft.engine.weights.arithmetic;

import java.lang.foreign.MemorySegment;

/** Moves elements of one dtype between little-endian bytes and doubles. Stateless unless said otherwise. */
public interface ElementCodec {
    /** Bytes of one element. */
    int bytes();

    /** Largest magnitude an element can hold; a double above it may encode to infinity. */
    double largestFinite();

    /** Widens {@code count} elements, which begin at byte {@code offset}; exact. */
    void decode(MemorySegment from, long offset, double[] into, int count);

    /** Narrows {@code count} elements with one rounding, half to even; beyond the range they become infinite. */
    void encode(double[] from, MemorySegment into, long offset, int count);
}
