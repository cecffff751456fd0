package io.graft.engine.tensors;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** Makes tensors, and combines several. Results belong to the innermost open scope. */
public final class Tensors {
    private Tensors() {}

    public static Tensor zeros(Torch torch, DType type, long... shape) {
        return torch.shapes().tensor("zeros", shape, type.code());
    }

    /** Memory of unknown content, to be filled. */
    public static Tensor empty(Torch torch, DType type, long... shape) {
        return torch.shapes().tensor("empty", shape, type.code());
    }

    public static Tensor full(Torch torch, DType type, double value, long... shape) {
        return torch.shapes().tensor("full", shape, value, type.code());
    }

    public static Tensor zerosLike(Tensor other) {
        return other.torch().shapes().tensor("zeros_like", other.detach());
    }

    /** A scalar of type F32. */
    public static Tensor scalar(Torch torch, double value) {
        return full(torch, DType.F32, value);
    }

    /** A matrix with ones on its diagonal. */
    public static Tensor eye(Torch torch, DType type, long size) {
        return torch.shapes().tensor("eye", size, type.code());
    }

    /** The whole numbers from {@code start} to {@code end - 1}. */
    public static Tensor arange(Torch torch, long start, long end) {
        return torch.shapes().tensor("arange", start, end);
    }

    /** A tensor of F32 with the given elements, row by row. */
    public static Tensor of(Torch torch, float[] elements, long... shape) {
        return read(torch, DType.F32, MemorySegment.ofArray(elements), shape);
    }

    /** A tensor of I64 with the given elements, row by row. */
    public static Tensor of(Torch torch, long[] elements, long... shape) {
        return read(torch, DType.I64, MemorySegment.ofArray(elements), shape);
    }

    /** A tensor of I64 with the given elements, row by row. */
    public static Tensor of(Torch torch, int[] elements, long... shape) {
        long[] wide = new long[elements.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = elements[i];
        }
        return of(torch, wide, shape);
    }

    /** A tensor of BOOL with the given elements, row by row. */
    public static Tensor of(Torch torch, boolean[] elements, long... shape) {
        byte[] bytes = new byte[elements.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (elements[i] ? 1 : 0);
        }
        return read(torch, DType.BOOL, MemorySegment.ofArray(bytes), shape);
    }

    /** A tensor of the given type whose bytes, little endian and row by row, are copied from memory. */
    public static Tensor read(Torch torch, DType type, MemorySegment source, long... shape) {
        Tensor tensor = empty(torch, type, shape);
        tensor.readFrom(source);
        return tensor;
    }

    /** Joins along a dimension that exists. */
    public static Tensor concat(List<Tensor> tensors, int dimension) {
        return tensors.getFirst().torch().shapes().tensor("cat", tensors, dimension);
    }

    /** Joins along a new dimension. */
    public static Tensor stack(List<Tensor> tensors, int dimension) {
        return tensors.getFirst().torch().shapes().tensor("stack", tensors, dimension);
    }

    /** Elements of {@code x} where the condition holds, of {@code y} elsewhere. */
    public static Tensor where(Tensor condition, Tensor x, Tensor y) {
        return x.torch().arithmetic().tensor("where", condition, x, y);
    }

    /** A random order of the whole numbers below {@code n}. */
    public static Tensor permutation(Torch torch, long n) {
        torch.random().next();
        return torch.arithmetic().tensor("randperm", n);
    }

    /** Any other operator of arithmetic by its name in {@code arithmetic.torchscript}: {@code gt}, {@code maximum}, ... */
    public static Tensor arithmetic(String operator, Tensor first, Object... more) {
        return first.torch().arithmetic().tensor(operator, joined(first, more));
    }

    /** Any other operator of shape or reduction by its name in {@code shape.torchscript}: {@code tril}, {@code amax}, ... */
    public static Tensor shaped(String operator, Tensor first, Object... more) {
        return first.torch().shapes().tensor(operator, joined(first, more));
    }

    /** The same for operators with several results: {@code topk}, {@code sort}. */
    public static List<Tensor> shapedAll(String operator, Tensor first, Object... more) {
        return first.torch().shapes().tensors(operator, joined(first, more));
    }

    private static Object[] joined(Tensor first, Object[] more) {
        Object[] all = new Object[more.length + 1];
        all[0] = first;
        System.arraycopy(more, 0, all, 1, more.length);
        return all;
    }
}
