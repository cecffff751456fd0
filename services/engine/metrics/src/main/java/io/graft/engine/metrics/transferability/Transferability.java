package io.graft.engine.metrics.transferability;

import java.util.List;

/**
 * The score of one model for one target.
 *
 * @param value higher promises more
 * @param byClass for TMI the entropy of each class in nats; for LogME the evidence of each class; else empty
 */
public record Transferability(double value, List<Double> byClass) {
    public Transferability {
        byClass = List.copyOf(byClass);
    }
}
