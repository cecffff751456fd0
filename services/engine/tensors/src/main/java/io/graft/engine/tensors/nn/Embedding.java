package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.Tensor;
import java.util.List;

/** A table of vectors, one a row. */
public final class Embedding implements Module {
    private final String name;
    private final Parameter weight;
    private final long padding;

    /** @param padding the row that is never trained, or -1 */
    public Embedding(String name, Parameter weight, long padding) {
        this.name = name;
        this.weight = weight;
        this.padding = padding;
    }

    /** A table {@code name.weight} [rows, size]. */
    public static Embedding of(Weights weights, String name, long rows, long size, long padding, Init init) {
        return new Embedding(name, weights.parameter(name + ".weight", init, rows, size), padding);
    }

    @Override
    public String name() {
        return name;
    }

    public Parameter weight() {
        return weight;
    }

    /** Rows for I64 numbers of any shape. */
    public Tensor forward(Tensor ids) {
        return Functional.embedding(weight.value(), ids, padding);
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(weight);
    }
}
