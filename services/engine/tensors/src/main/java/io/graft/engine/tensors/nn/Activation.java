package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.Tensor;
import java.util.Locale;
import java.util.Optional;

/** Elementwise activations by the names that Hugging Face configurations use. */
public enum Activation {
    /** With the error function. */
    GELU("gelu", "gelu"),
    /** Approximated with tanh. */
    GELU_NEW("gelu_tanh", "gelu_new"),
    /** The same function as {@link #GELU_NEW}. */
    GELU_PYTORCH_TANH("gelu_tanh", "gelu_pytorch_tanh"),
    RELU("relu", "relu"),
    SILU("silu", "silu"),
    /** The same function as {@link #SILU}. */
    SWISH("silu", "swish"),
    TANH("tanh", "tanh"),
    SIGMOID("sigmoid", "sigmoid");

    private final String operator;
    private final String configured;

    Activation(String operator, String configured) {
        this.operator = operator;
        this.configured = configured;
    }

    /** The activation that a configuration names, or empty. */
    public static Optional<Activation> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Activation activation : values()) {
            if (activation.configured.equals(lower)) {
                return Optional.of(activation);
            }
        }
        return Optional.empty();
    }

    /** The name in a configuration. */
    public String configured() {
        return configured;
    }

    /** Applies it to each element. */
    public Tensor apply(Tensor x) {
        return Functional.library(x).tensor(operator, x);
    }
}
