package io.graft.engine.tensors;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor in libtorch's memory. Operations give new tensors in the innermost open scope; those whose name ends in
 * {@code InPlace} change this one outside of any graph. Wrong shapes and types throw {@link TensorException}. Used by the
 * runtime's thread only; after its scope closed every use throws.
 */
public final class Tensor implements AutoCloseable {
    private Scope scope;
    private long handle;
    private long @Nullable [] shape;
    private @Nullable DType dtype;

    @Nullable
    Tensor previous;

    @Nullable
    Tensor next;

    Tensor(long handle, Scope scope) {
        this.handle = handle;
        this.scope = scope;
    }

    long handle() {
        if (handle == 0) {
            throw TensorException.closed("This tensor was freed: keep it in a scope that lives long enough");
        }
        return handle;
    }

    Scope scope() {
        return scope;
    }

    void moveTo(Scope other) {
        this.scope = other;
    }

    void delete() {
        Native.deleteTensor(handle);
        handle = 0;
        scope.torch().forget();
        previous = null;
        next = null;
    }

    /** Frees it before its scope does. */
    @Override
    public void close() {
        if (handle != 0) {
            Torch torch = torch();
            torch.enter();
            try {
                scope.unlink(this);
                delete();
            } finally {
                torch.leave();
            }
        }
    }

    /** Moves it to the scope of another tensor, and returns it. */
    public Tensor livingWith(Tensor other) {
        return other.scope.keep(this);
    }

    /** The runtime it belongs to. */
    public Torch torch() {
        return scope.torch();
    }

    /** Sizes, outermost first; empty for a scalar. */
    public long[] shape() {
        return sizes().clone();
    }

    private long[] sizes() {
        if (shape == null) {
            Torch torch = torch();
            torch.enter();
            try {
                shape = Native.sizes(handle());
            } finally {
                torch.leave();
            }
        }
        return shape;
    }

    /** Number of dimensions. */
    public int rank() {
        return sizes().length;
    }

    /** Size of a dimension; negative numbers count from the last. */
    public long size(int dimension) {
        long[] sizes = sizes();
        int at = dimension < 0 ? sizes.length + dimension : dimension;
        if (at < 0 || at >= sizes.length) {
            throw TensorException.operator(
                    "A tensor of shape " + Arrays.toString(sizes) + " has no dimension " + dimension);
        }
        return sizes[at];
    }

    /** Number of elements. */
    public long elements() {
        long count = 1;
        for (long size : sizes()) {
            count *= size;
        }
        return count;
    }

    /** Element type. */
    public DType dtype() {
        if (dtype == null) {
            dtype = DType.ofCode(arithmetic().integer("dtype", this));
        }
        return dtype;
    }

    /** The same tensor, checked to have a type. */
    public Tensor require(DType expected) {
        if (dtype() != expected) {
            throw TensorException.dtype("expected a tensor of " + expected + ", not of " + dtype());
        }
        return this;
    }

    /** Whether gradients are recorded through it. */
    public boolean requiresGradient() {
        return arithmetic().flag("requires_grad", this);
    }

    /** Sets whether this leaf records gradients, and returns it. */
    public Tensor requireGradient(boolean on) {
        if (on && !dtype().isFloating()) {
            throw TensorException.dtype("gradients need a floating point type, not " + dtype());
        }
        arithmetic().run("requires_grad_", this, on);
        return this;
    }

    /** The same values outside of the graph; shares memory. */
    public Tensor detach() {
        return arithmetic().tensor("detach", this);
    }

    /** A copy of the values, inside the graph. */
    public Tensor copy() {
        return arithmetic().tensor("clone", this);
    }

    /** The same values with another element type; this tensor when it has it already. */
    public Tensor to(DType type) {
        return dtype() == type ? this : arithmetic().tensor("to", this, type.code());
    }

    /** Elementwise sum with broadcasting. */
    public Tensor add(Tensor other) {
        return arithmetic().tensor("add", this, other);
    }

    public Tensor add(double number) {
        return arithmetic().tensor("add_number", this, number);
    }

    public Tensor sub(Tensor other) {
        return arithmetic().tensor("sub", this, other);
    }

    /** Elementwise product with broadcasting. */
    public Tensor mul(Tensor other) {
        return arithmetic().tensor("mul", this, other);
    }

    public Tensor mul(double number) {
        return arithmetic().tensor("mul_number", this, number);
    }

    public Tensor div(Tensor other) {
        return arithmetic().tensor("div", this, other);
    }

    public Tensor div(double number) {
        return mul(1.0 / number);
    }

    public Tensor pow(double exponent) {
        return arithmetic().tensor("pow_number", this, exponent);
    }

    public Tensor neg() {
        return arithmetic().tensor("neg", this);
    }

    public Tensor abs() {
        return arithmetic().tensor("abs", this);
    }

    public Tensor exp() {
        return arithmetic().tensor("exp", this);
    }

    public Tensor log() {
        return arithmetic().tensor("log", this);
    }

    public Tensor sqrt() {
        return arithmetic().tensor("sqrt", this);
    }

    /** Values held between two bounds. */
    public Tensor clamp(double low, double high) {
        return arithmetic().tensor("clamp", this, low, high);
    }

    /** Matrix product of the last two dimensions, as torch.matmul. */
    public Tensor matmul(Tensor other) {
        return torch().algebra().tensor("matmul", this, other);
    }

    /** Swaps the last two dimensions. */
    public Tensor t() {
        return transpose(-2, -1);
    }

    public Tensor transpose(int a, int b) {
        return shapes().tensor("transpose", this, a, b);
    }

    public Tensor permute(long... dimensions) {
        return shapes().tensor("permute", this, dimensions);
    }

    /** Another shape of the same elements; one size may be -1. */
    public Tensor reshape(long... sizes) {
        return shapes().tensor("reshape", this, sizes);
    }

    public Tensor unsqueeze(int dimension) {
        return shapes().tensor("unsqueeze", this, dimension);
    }

    public Tensor squeeze(int dimension) {
        return shapes().tensor("squeeze", this, dimension);
    }

    /** One index of a dimension, which goes away. */
    public Tensor select(int dimension, long index) {
        return shapes().tensor("select", this, dimension, index);
    }

    /** Indices {@code start} to {@code end - 1} of a dimension; shares memory. */
    public Tensor slice(int dimension, long start, long end) {
        return shapes().tensor("slice", this, dimension, start, end, 1L);
    }

    public Tensor indexSelect(int dimension, Tensor index) {
        return shapes().tensor("index_select", this, dimension, index);
    }

    public Tensor gather(int dimension, Tensor index) {
        return shapes().tensor("gather", this, dimension, index);
    }

    public Tensor sum() {
        return shapes().tensor("sum", this);
    }

    public Tensor sum(int dimension, boolean keep) {
        return shapes().tensor("sum_dim", this, new long[] {dimension}, keep);
    }

    public Tensor mean() {
        return shapes().tensor("mean", this);
    }

    public Tensor mean(int dimension, boolean keep) {
        return shapes().tensor("mean_dim", this, new long[] {dimension}, keep);
    }

    /** Index of the greatest element along a dimension, as I64. */
    public Tensor argmax(int dimension) {
        return shapes().tensor("argmax", this, dimension);
    }

    /** Euclidean norm of all elements. */
    public Tensor norm() {
        return shapes().tensor("norm", this, 2.0);
    }

    /** Euclidean norm along a dimension. */
    public Tensor norm(int dimension, boolean keep) {
        return shapes().tensor("norm_dim", this, 2.0, new long[] {dimension}, keep);
    }

    /** Sizes at most {@code sizes} along a dimension, one after the other; shares memory. */
    public List<Tensor> split(int dimension, long... sizes) {
        return shapes().tensors("split", this, sizes, dimension);
    }

    /** Takes over another tensor's values, converting the type where it differs. */
    public void copyInPlace(Tensor source) {
        arithmetic().run("copy_", this, source);
    }

    public void fillInPlace(double value) {
        arithmetic().run("fill_", this, value);
    }

    /** Adds {@code factor * other}. */
    public void addInPlace(Tensor other, double factor) {
        arithmetic().run("add_", this, other, factor);
    }

    public void mulInPlace(double factor) {
        arithmetic().run("mul_number_", this, factor);
    }

    /** The only element as a double. */
    public double item() {
        return arithmetic().number("item", this);
    }

    /** Whether no element is infinite or not a number. */
    public boolean allFinite() {
        return arithmetic().flag("all_finite", this);
    }

    /** Whether shapes and all elements are equal. */
    public boolean sameAs(Tensor other) {
        return arithmetic().flag("equal", this, other);
    }

    /** All elements as floats, row by row. */
    public float[] toFloats() {
        return TensorMemory.floats(this);
    }

    /** All elements of an integer or boolean tensor, row by row. */
    public long[] toLongs() {
        return TensorMemory.longs(this);
    }

    /** Fills this tensor from bytes of its own type, little endian, row by row. */
    public void readFrom(MemorySegment source) {
        TensorMemory.read(this, source);
    }

    /** Writes this tensor's bytes, little endian, row by row. */
    public void writeTo(MemorySegment target) {
        TensorMemory.write(this, target);
    }

    private OperatorLibrary arithmetic() {
        return torch().arithmetic();
    }

    private OperatorLibrary shapes() {
        return torch().shapes();
    }

    @Override
    public String toString() {
        return handle == 0 ? "Tensor(freed)" : "Tensor" + Arrays.toString(sizes()) + ":" + dtype();
    }
}
