package io.graft.engine.methods.schedule;

/** Ways from one rate down to another. */
final class Curve {
    private Curve() {}

    static double linear(double from, double to, double progress) {
        return to + (from - to) * (1 - progress);
    }

    static double cosine(double from, double to, double progress) {
        return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * progress));
    }

    /** Falls by the same factor in equal times; both ends must be positive. */
    static double exponential(double from, double to, double progress) {
        return from * Math.pow(to / from, progress);
    }
}
