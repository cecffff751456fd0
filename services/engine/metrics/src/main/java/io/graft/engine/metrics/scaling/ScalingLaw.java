package io.graft.engine.metrics.scaling;

import io.graft.engine.metrics.InputCheck;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** A fitted law. Its parameters make up for one another: only predictions mean something. */
public sealed interface ScalingLaw {
    /**
     * The predicted score.
     *
     * @param size above 0
     * @throws io.graft.engine.metrics.MetricInputException for a size that the law is not defined at
     */
    double at(double size);

    /** Its parameters by name, in the order of the formula. */
    SequencedMap<String, Double> parameters();

    /**
     * {@code E + A / D^alpha}.
     *
     * @param irreducible E, what remains with endless data
     * @param logAmplitude the logarithm of A
     */
    record CrossEntropy(double irreducible, double logAmplitude, double alpha) implements ScalingLaw {
        @Override
        public double at(double size) {
            positive(size);
            return irreducible + Math.exp(logAmplitude - alpha * Math.log(size));
        }

        @Override
        public SequencedMap<String, Double> parameters() {
            SequencedMap<String, Double> parameters = new LinkedHashMap<>();
            parameters.put("irreducible", irreducible);
            parameters.put("log_amplitude", logAmplitude);
            parameters.put("alpha", alpha);
            return parameters;
        }
    }

    /**
     * {@code (log A + alpha log D)^beta}.
     *
     * @param logAmplitude the logarithm of A
     */
    record LogLaw(double logAmplitude, double alpha, double beta) implements ScalingLaw {
        @Override
        public double at(double size) {
            positive(size);
            double inner = logAmplitude + alpha * Math.log(size);
            new InputCheck()
                    .require(
                            inner > 0,
                            "size",
                            "of " + size + " makes log(A D^alpha) " + inner,
                            "ask for a size nearer to those that were fitted")
                    .done();
            return Math.pow(inner, beta);
        }

        @Override
        public SequencedMap<String, Double> parameters() {
            SequencedMap<String, Double> parameters = new LinkedHashMap<>();
            parameters.put("log_amplitude", logAmplitude);
            parameters.put("alpha", alpha);
            parameters.put("beta", beta);
            return parameters;
        }
    }

    private static void positive(double size) {
        new InputCheck()
                .require(size > 0 && Double.isFinite(size), "size", "is " + size, "give an amount above 0")
                .done();
    }
}
