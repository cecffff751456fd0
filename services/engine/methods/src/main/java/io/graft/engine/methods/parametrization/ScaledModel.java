package io.graft.engine.methods.parametrization;

import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model in a parametrization, beside the shapes of its base model.
 *
 * <p>The readout's factor is part of the forward pass while it is trained; {@link #fold} writes it into the weights, so that
 * the stored model needs nothing of this.
 */
public final class ScaledModel {
    private final Module model;
    private final Parametrization parametrization;
    private final Map<String, WidthShape> shapes = new LinkedHashMap<>();
    private final @Nullable Linear readout;
    private boolean rescaled;
    private boolean folded;

    /**
     * Compares the model with its base.
     *
     * @param baseShapes of the base model's parameters, by name; see {@link #shapesOf}
     * @param readout full name of the output layer; null when there is none
     * @throws IllegalArgumentException if the two differ in more than width
     */
    public ScaledModel(
            Module model, Parametrization parametrization, Map<String, long[]> baseShapes, @Nullable String readout) {
        this.model = model;
        this.parametrization = parametrization;
        for (Parameter parameter : model.parameters()) {
            long[] base = baseShapes.get(parameter.name());
            if (base == null) {
                throw new IllegalArgumentException(
                        parameter.name() + " is not in the base model, which differs in more than width");
            }
            boolean last = readout != null && parameter.name().startsWith(readout + ".");
            shapes.put(
                    parameter.name(),
                    WidthShape.of(parameter.name(), parameter.value().shape(), base, last));
        }
        this.readout = readout == null ? null : model.linears().get(readout);
        if (readout != null && this.readout == null) {
            throw new IllegalArgumentException("The model has no linear module " + readout);
        }
        if (this.readout != null && !this.readout.weight().name().equals(readout + ".weight")) {
            throw new IllegalArgumentException(readout + " shares its weight with "
                    + this.readout.weight().name() + ", which scales in another way; untie them");
        }
    }

    /** Shapes of a model's parameters by name. */
    public static Map<String, long[]> shapesOf(Module model) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        model.parameters()
                .forEach(parameter ->
                        shapes.put(parameter.name(), parameter.value().shape()));
        return shapes;
    }

    /**
     * Rescales what a new model was filled with and puts the readout's factor on. Once only: a checkpoint holds rescaled
     * weights already, see {@link #resume}.
     */
    public void initialise() {
        if (rescaled) {
            throw new IllegalStateException("The model was rescaled already; twice would undo the parametrization");
        }
        for (Parameter parameter : model.parameters()) {
            double factor = parametrization.initFactor(shape(parameter));
            if (factor != 1) {
                parameter.value().mulInPlace(factor);
            }
        }
        resume();
    }

    /** Puts the readout's factor on a model whose weights come from a checkpoint. */
    public void resume() {
        rescaled = true;
        if (readout != null) {
            readout.setAdapter(new ReadoutScale(factor(readout)));
        }
    }

    private double factor(Linear layer) {
        return parametrization.readoutFactor(shape(layer.weight()).multiplier());
    }

    /** Writes the readout's factor into its weight, so that the model can be stored and used by itself. */
    public void fold() {
        if (readout != null && !folded) {
            readout.weight().value().mulInPlace(factor(readout));
            readout.setAdapter(null);
        }
        folded = true;
    }

    /** Groups for the optimizer; vectors do not decay. */
    public List<ParameterGroup> groups(UpdateRule rule) {
        Map<Parametrization.Scale, List<Parameter>> parts = new LinkedHashMap<>();
        for (Parameter parameter : model.trainableParameters()) {
            Parametrization.Scale scale = parametrization.scale(shape(parameter), rule);
            double decay = ParameterGroup.decays(parameter) ? scale.decay() : 0;
            parts.computeIfAbsent(new Parametrization.Scale(scale.rate(), decay), key -> new ArrayList<>())
                    .add(parameter);
        }
        List<ParameterGroup> groups = new ArrayList<>();
        parts.forEach((scale, members) -> groups.add(new ParameterGroup(
                "rate x " + scale.rate() + ", decay x " + scale.decay(), members, scale.rate(), scale.decay())));
        return List.copyOf(groups);
    }

    private WidthShape shape(Parameter parameter) {
        WidthShape shape = shapes.get(parameter.name());
        if (shape == null) {
            throw new IllegalArgumentException(parameter.name() + " came to the model later");
        }
        return shape;
    }
}
