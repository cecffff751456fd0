package io.graft.engine.worker.sensitivity;

/**
 * One learning rate and what a short training with it came to.
 *
 * @param loss after the training; NaN when it diverged
 */
record SweptRate(double rate, double loss) {
    boolean diverged() {
        return !Double.isFinite(loss);
    }
}
