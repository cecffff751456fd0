package io.graft.engine.evaluation;

import io.graft.engine.metrics.gate.Direction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How a choice is made; each metric is the share of right choices, and of equal choices the first is made. */
public enum ChoiceMetric implements Metric {
    /** By log-likelihood. */
    ACC {
        @Override
        int length(String choice) {
            return 1;
        }
    },
    /** By log-likelihood a character (Unicode code point), as {@code acc_norm} is in lm-evaluation-harness 0.4.13. */
    ACC_NORM {
        @Override
        int length(String choice) {
            return choice.codePointCount(0, choice.length());
        }
    },
    /** By log-likelihood a byte of UTF-8. */
    ACC_BYTES {
        @Override
        int length(String choice) {
            return choice.getBytes(StandardCharsets.UTF_8).length;
        }
    };

    /** What the log-likelihood is divided by. */
    abstract int length(String choice);

    @Override
    public String metricName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Direction direction() {
        return Direction.HIGHER_IS_BETTER;
    }
}
