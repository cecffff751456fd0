package io.graft.engine.metrics.gate;

import java.util.List;
import java.util.stream.Collectors;

/** The answer of a gate. */
public sealed interface GateVerdict {
    /** What it rests on. */
    Evidence evidence();

    /** {@code PASS}, {@code FAIL} or {@code INCONCLUSIVE}. */
    String name();

    /** The findings that made it so, one line for people. */
    default String reason() {
        List<Finding> decisive = evidence().findings().stream()
                .filter(f -> switch (this) {
                    case Pass pass -> true;
                    case Fail fail -> f.state() == Finding.State.BROKEN;
                    case Inconclusive inconclusive -> f.state() == Finding.State.UNKNOWN;
                })
                .toList();
        return decisive.stream().map(Finding::sentence).collect(Collectors.joining("; "));
    }

    /** Every condition holds: promote. */
    record Pass(Evidence evidence) implements GateVerdict {
        @Override
        public String name() {
            return "PASS";
        }
    }

    /** At least one condition is broken: do not promote. */
    record Fail(Evidence evidence) implements GateVerdict {
        @Override
        public String name() {
            return "FAIL";
        }
    }

    /** None is shown to be broken, but not all to hold: evaluate on more examples. */
    record Inconclusive(Evidence evidence) implements GateVerdict {
        @Override
        public String name() {
            return "INCONCLUSIVE";
        }
    }
}
