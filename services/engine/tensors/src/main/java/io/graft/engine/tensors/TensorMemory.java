package io.graft.engine.tensors;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/** Copies between Java's memory and a tensor's, of any size. */
final class TensorMemory {
    private TensorMemory() {}

    static float[] floats(Tensor tensor) {
        try (Scope scope = tensor.torch().scope()) {
            Tensor source = packed(tensor.detach().to(DType.F32));
            return memory(source).toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    static long[] longs(Tensor tensor) {
        if (tensor.dtype().isFloating()) {
            throw TensorException.dtype("a tensor of " + tensor.dtype() + " has no whole numbers: use toFloats");
        }
        try (Scope scope = tensor.torch().scope()) {
            Tensor source = packed(tensor.to(DType.I64));
            return memory(source).toArray(ValueLayout.JAVA_LONG);
        }
    }

    static void read(Tensor tensor, MemorySegment source) {
        checkLength(tensor, source);
        try (Scope scope = tensor.torch().scope()) {
            Tensor packed = packed(tensor.detach());
            memory(packed).copyFrom(source);
            if (!tensor.torch().arithmetic().flag("is_contiguous", tensor)) {
                tensor.copyInPlace(packed);
            }
        }
    }

    static void write(Tensor tensor, MemorySegment target) {
        checkLength(tensor, target);
        try (Scope scope = tensor.torch().scope()) {
            target.copyFrom(memory(packed(tensor.detach())));
        }
    }

    private static void checkLength(Tensor tensor, MemorySegment segment) {
        long bytes = tensor.elements() * tensor.dtype().bytes();
        if (segment.byteSize() != bytes) {
            throw TensorException.operator(tensor + " has " + bytes + " bytes, the memory " + segment.byteSize());
        }
    }

    static Tensor packed(Tensor tensor) {
        return tensor.torch().arithmetic().tensor("contiguous", tensor);
    }

    /** The bytes of a packed tensor. A buffer ends at 2 GiB, so a long one is made from the address of its first element. */
    static MemorySegment memory(Tensor tensor) {
        long bytes = tensor.elements() * tensor.dtype().bytes();
        if (bytes == 0) {
            return MemorySegment.NULL;
        }
        Torch torch = tensor.torch();
        torch.enter();
        try (Scope scope = torch.scope()) {
            Tensor start =
                    bytes <= Integer.MAX_VALUE ? tensor : tensor.reshape(-1).slice(0, 0, 1);
            ByteBuffer buffer = Native.buffer(start.handle());
            return MemorySegment.ofAddress(MemorySegment.ofBuffer(buffer).address())
                    .reinterpret(bytes);
        } finally {
            torch.leave();
        }
    }
}
