package io.graft.engine.worker.sensitivity;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Parameters as one long vector, in their order. */
record Weights(List<Parameter> parameters) {
    Weights {
        parameters = List.copyOf(parameters);
    }

    int dimension() {
        return Math.toIntExact(
                parameters.stream().mapToLong(each -> each.value().elements()).sum());
    }

    List<Tensor> tensors() {
        return parameters.stream().map(Parameter::value).toList();
    }

    /** The vector's parts, shaped as the parameters; they belong to the innermost open scope. */
    List<Tensor> parts(double[] vector) {
        List<Tensor> parts = new ArrayList<>();
        int at = 0;
        for (Tensor value : tensors()) {
            float[] part = new float[Math.toIntExact(value.elements())];
            for (int i = 0; i < part.length; i++) {
                part[i] = (float) vector[at++];
            }
            parts.add(Tensors.of(value.torch(), part, value.shape()));
        }
        return parts;
    }

    /** Adds tensors shaped as the parameters to a vector, times a factor. */
    void add(double[] to, List<Tensor> parts, double factor) {
        int at = 0;
        for (Tensor part : parts) {
            for (float value : part.toFloats()) {
                to[at++] += factor * value;
            }
        }
    }

    /** Copies of the values, which live as long as the runtime. */
    List<Tensor> copies() {
        return tensors().stream()
                .map(value -> value.torch().root().keep(value.detach().copy()))
                .toList();
    }

    /** Takes copies over again. */
    void restore(List<Tensor> copies) {
        for (int i = 0; i < copies.size(); i++) {
            parameters.get(i).value().copyInPlace(copies.get(i));
        }
    }
}
