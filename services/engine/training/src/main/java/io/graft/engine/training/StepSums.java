package io.graft.engine.training;

/** What has come together since the last report. */
final class StepSums {
    private double loss;
    private long steps;
    private long units;
    private long since = System.nanoTime();

    StepSums(double loss, long steps) {
        this.loss = loss;
        this.steps = steps;
    }

    void add(double stepLoss, long stepUnits) {
        loss += stepLoss;
        units += stepUnits;
        steps++;
    }

    double loss() {
        return loss;
    }

    long steps() {
        return steps;
    }

    double meanLoss() {
        return loss / steps;
    }

    double unitsPerSecond() {
        return units / ((System.nanoTime() - since) / 1e9);
    }

    void reset() {
        loss = 0;
        steps = 0;
        units = 0;
        since = System.nanoTime();
    }
}
