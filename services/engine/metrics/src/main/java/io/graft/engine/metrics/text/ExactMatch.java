package io.graft.engine.metrics.text;

/** Equality of texts, character by character but for white space at both ends; for answers with one form only. */
public final class ExactMatch {
    private ExactMatch() {}

    /** 1 when they are equal, else 0. */
    public static double of(String answer, String truth) {
        return answer.strip().equals(truth.strip()) ? 1 : 0;
    }
}
