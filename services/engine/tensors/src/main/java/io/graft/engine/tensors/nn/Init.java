package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.OperatorLibrary;
import io.graft.engine.tensors.Tensor;

/** How a new parameter is filled; what is drawn depends on the seed and the parameter's name only. */
public sealed interface Init {
    /** One value everywhere. */
    record Constant(double value) implements Init {}

    /** Normal around 0. */
    record Normal(double deviation) implements Init {}

    /** Normal around 0, but zeros in one row, that of the padding token. */
    record NormalButOneRow(double deviation, long row) implements Init {}

    /** Normal around 0 cut at two deviations, as torch.nn.init.trunc_normal_ with its bounds at two deviations. */
    record TruncatedNormal(double deviation) implements Init {}

    /** Uniform between -bound and bound. */
    record Uniform(double bound) implements Init {}

    /** Ones on the diagonal of a matrix: the layer hands on what it gets. */
    record Identity() implements Init {}

    static Init zeros() {
        return new Constant(0);
    }

    static Init ones() {
        return new Constant(1);
    }

    /** Fills a parameter's value, under a name that may differ from the parameter's. */
    default void fill(Tensor tensor, String name) {
        OperatorLibrary library = Functional.initialisers(tensor);
        switch (this) {
            case Constant constant -> tensor.fillInPlace(constant.value());
            case Identity ignored -> library.run("identity_", tensor);
            case Normal normal -> {
                tensor.torch().random().named(name);
                library.run("normal_", tensor, 0.0, normal.deviation());
            }
            case NormalButOneRow normal -> {
                tensor.torch().random().named(name);
                library.run("normal_", tensor, 0.0, normal.deviation());
                tensor.select(0, normal.row()).fillInPlace(0);
            }
            case TruncatedNormal normal -> {
                tensor.torch().random().named(name);
                library.run("truncated_normal_", tensor, normal.deviation());
            }
            case Uniform uniform -> {
                tensor.torch().random().named(name);
                library.run("uniform_", tensor, -uniform.bound(), uniform.bound());
            }
        }
    }

    /** He et al. 2015 for layers before a ReLU, with {@code fanOut} = out channels x kernel area. */
    static Init kaimingNormal(long fanOut) {
        return new Normal(Math.sqrt(2.0 / (double) fanOut));
    }

    /** What torch.nn.Linear and torch.nn.Conv2d start from: uniform within 1 / sqrt(fan in). */
    static Init fanIn(long fanIn) {
        return new Uniform(1 / Math.sqrt((double) fanIn));
    }
}
