package io.graft.engine.methods.parametrization;

import java.util.Arrays;
import java.util.List;

/**
 * A parameter's shape beside its shape in the narrow base model. A dimension that differs is one that grows with width.
 *
 * @param name full dotted name
 * @param shape in the model that is trained
 * @param base in the base model
 * @param readout whether it is the weight or bias of the output layer
 */
public record WidthShape(String name, List<Long> shape, List<Long> base, boolean readout) {
    /** Copies the shapes and refuses those that the rules do not cover. */
    public WidthShape {
        shape = List.copyOf(shape);
        base = List.copyOf(base);
        if (shape.size() != base.size()) {
            throw new IllegalArgumentException(name + " has shape " + shape + ", the base model " + base
                    + "; the base model differs in more than width");
        }
        long growing = growing(shape, base);
        if (growing > 2) {
            throw new IllegalArgumentException(
                    name + " grows with width in " + growing + " dimensions; the rules cover at most two");
        }
    }

    /** From arrays. */
    public static WidthShape of(String name, long[] shape, long[] base, boolean readout) {
        return new WidthShape(
                name,
                Arrays.stream(shape).boxed().toList(),
                Arrays.stream(base).boxed().toList(),
                readout);
    }

    private static long growing(List<Long> shape, List<Long> base) {
        long growing = 0;
        for (int axis = 0; axis < shape.size(); axis++) {
            growing += shape.get(axis).equals(base.get(axis)) ? 0 : 1;
        }
        return growing;
    }

    /** How many dimensions grow with width: 2 of a hidden matrix, 1 of an embedding, a bias, a readout, 0 of the rest. */
    public int growing() {
        return (int) growing(shape, base);
    }

    /** Width over base width along the last dimension that grows, the inputs of a matrix; 1 if none grows. */
    public double multiplier() {
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            if (!shape.get(axis).equals(base.get(axis))) {
                return ratio(axis);
            }
        }
        return 1;
    }

    /** Width over base width of the inputs over that of the outputs; of matrices. */
    public double inputsOverOutputs() {
        return ratio(shape.size() - 1) / ratio(0);
    }

    private double ratio(int axis) {
        return (double) shape.get(axis) / base.get(axis);
    }
}
