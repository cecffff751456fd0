package io.graft.engine.metrics.text;

/**
 * How much of a reference a text holds, each from 0 to 1.
 *
 * @param precision share of the text that is in the reference
 * @param recall share of the reference that is in the text
 * @param f1 their harmonic mean
 */
public record RougeScore(double precision, double recall, double f1) {
    static RougeScore of(int shared, int given, int reference) {
        double precision = (double) shared / Math.max(given, 1);
        double recall = (double) shared / Math.max(reference, 1);
        double sum = precision + recall;
        return new RougeScore(precision, recall, sum > 0 ? 2 * precision * recall / sum : 0);
    }
}
