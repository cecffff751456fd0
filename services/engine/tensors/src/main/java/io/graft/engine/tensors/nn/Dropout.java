package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.Tensor;

/** Srivastava et al. 2014, active in training only. Starts inactive. */
public final class Dropout implements Module {
    private final String name;
    private final double rate;
    private boolean active;

    /** @param rate in [0, 1) */
    public Dropout(String name, double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException(name + ": a dropout rate lies in [0, 1), not at " + rate);
        }
        this.name = name;
        this.rate = rate;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void training(boolean on) {
        active = on;
    }

    /** The rate now: 0 outside of training. */
    public double rate() {
        return active ? rate : 0;
    }

    public Tensor forward(Tensor x) {
        return rate() > 0 ? Functional.dropout(x, rate) : x;
    }
}
