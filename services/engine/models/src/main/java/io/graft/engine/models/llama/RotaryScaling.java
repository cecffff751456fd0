package io.graft.engine.models.llama;

import io.graft.engine.models.ConfigReader;

/** How fast each pair of a head turns from one position to the next. */
public sealed interface RotaryScaling {
    /** Base of the geometric series of wave lengths. */
    double theta();

    /** Su et al. 2021. */
    record Plain(double theta) implements RotaryScaling {}

    /** Positions divided by a factor (Chen et al. 2023). */
    record LinearStretch(double theta, double factor) implements RotaryScaling {}

    /** Llama 3.1's: long waves stretched, short ones kept, those between interpolated. */
    record Llama3(double theta, double factor, double lowFactor, double highFactor, double originalPositions)
            implements RotaryScaling {}

    /** Angle of one position for each pair. */
    default float[] frequencies(int headSize) {
        float[] frequencies = new float[headSize / 2];
        for (int i = 0; i < frequencies.length; i++) {
            double plain = 1 / Math.pow(theta(), 2.0 * i / headSize);
            frequencies[i] = (float) scaled(plain);
        }
        return frequencies;
    }

    private double scaled(double frequency) {
        return switch (this) {
            case Plain plain -> frequency;
            case LinearStretch linear -> frequency / linear.factor();
            case Llama3 llama -> {
                double waves = llama.originalPositions() * frequency / (2 * Math.PI);
                double kept = (waves - llama.lowFactor()) / (llama.highFactor() - llama.lowFactor());
                double share = Math.clamp(kept, 0, 1);
                yield (1 - share) * frequency / llama.factor() + share * frequency;
            }
        };
    }

    /** Reads {@code rope_parameters}, or {@code rope_theta} and {@code rope_scaling} of transformers 4. */
    static RotaryScaling read(ConfigReader reader) {
        boolean nested = reader.has("rope_parameters");
        String key = nested ? "rope_parameters" : "rope_scaling";
        double outer = reader.positive("rope_theta", 10_000);
        if (nested && reader.has("rope_scaling")) {
            reader.problem("rope_scaling", "stands beside rope_parameters; keep one of them");
        }
        reader.only("partial_rotary_factor", "1.0");
        ConfigReader parameters = reader.object(key);
        if (parameters == null) {
            return new Plain(outer);
        }
        double theta = parameters.positive("rope_theta", outer);
        String type = parameters.text("rope_type", parameters.text("type", "default"));
        RotaryScaling scaling = switch (type) {
            case "default" -> new Plain(theta);
            case "linear" -> new LinearStretch(theta, parameters.positive("factor", 1));
            case "llama3" ->
                new Llama3(
                        theta,
                        parameters.positive("factor", 1),
                        parameters.positive("low_freq_factor", 1),
                        parameters.positive("high_freq_factor", 4),
                        parameters.positive("original_max_position_embeddings", 8192));
            default -> {
                parameters.problem("rope_type", "is " + type + "; default, linear and llama3 are supported");
                yield new Plain(theta);
            }
        };
        parameters.only("partial_rotary_factor", "1.0");
        reader.finish(key, parameters);
        return scaling;
    }
}
