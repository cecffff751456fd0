package io.graft.engine.methods.optimizer;

import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One tensor for each parameter: a moment, a count. */
record Slots(String name, List<Parameter> parameters, List<Tensor> tensors) {
    /** Zeros of each parameter's shape and type. */
    static Slots likeParameters(String name, List<Parameter> parameters, Scope home) {
        List<Tensor> tensors = new ArrayList<>();
        for (Parameter parameter : parameters) {
            tensors.add(home.keep(Tensors.zerosLike(parameter.value())));
        }
        return new Slots(name, parameters, tensors);
    }

    /** A zero for each parameter, of F32 whatever the parameter's type. */
    static Slots counters(String name, List<Parameter> parameters, Scope home) {
        List<Tensor> tensors = new ArrayList<>();
        for (int index = 0; index < parameters.size(); index++) {
            tensors.add(home.keep(Tensors.scalar(home.torch(), 0)));
        }
        return new Slots(name, parameters, tensors);
    }

    /** A zero for each parameter, of its type. */
    static Slots scalars(String name, List<Parameter> parameters, Scope home) {
        List<Tensor> tensors = new ArrayList<>();
        for (Parameter parameter : parameters) {
            DType type = parameter.value().dtype();
            tensors.add(home.keep(Tensors.full(home.torch(), type, 0)));
        }
        return new Slots(name, parameters, tensors);
    }

    /** The tensors of a run of parameters. */
    List<Tensor> range(int from, int to) {
        return tensors.subList(from, to);
    }

    private String key(int index) {
        return name + "/" + parameters.get(index).name();
    }

    /** All slots by {@code slot/parameter}. */
    static Map<String, Tensor> state(Slots... all) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (Slots slots : all) {
            for (int index = 0; index < slots.tensors.size(); index++) {
                state.put(slots.key(index), slots.tensors.get(index));
            }
        }
        return state;
    }

    /** Copies a state into the slots, after checking all of it. */
    static void restore(Map<String, Tensor> saved, Slots... all) {
        Map<String, Tensor> own = state(all);
        List<String> wrong = new ArrayList<>();
        own.forEach((key, tensor) -> {
            Tensor other = saved.get(key);
            if (other == null) {
                wrong.add(key + " is missing");
            } else if (!Arrays.equals(other.shape(), tensor.shape()) || other.dtype() != tensor.dtype()) {
                wrong.add(key + " is " + other + ", not " + tensor);
            }
        });
        Set<String> unknown = new LinkedHashSet<>(saved.keySet());
        unknown.removeAll(own.keySet());
        unknown.forEach(key -> wrong.add(key + " is unknown"));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("The optimizer's state is of another run: " + String.join(", ", wrong));
        }
        own.forEach((key, tensor) -> {
            Tensor other = saved.get(key);
            if (other != null) {
                tensor.copyInPlace(other);
            }
        });
    }
}
