package io.graft.engine.safetensors;

import java.util.Optional;

/**
 * Element types of the safetensors format that fill whole bytes.
 *
 * <p>The declaration order is that of the reference implementation, which writes tensors by descending dtype and then
 * by name: keep it. The packed 4 and 6 bit types of later format revisions are not supported and read as unknown.
 */
public enum Dtype {
    BOOL(1),
    U8(1),
    I8(1),
    F8_E5M2(1),
    F8_E4M3(1),
    F8_E8M0(1),
    I16(2),
    U16(2),
    F16(2),
    BF16(2),
    I32(4),
    U32(4),
    F32(4),
    C64(8),
    F64(8),
    I64(8),
    U64(8);

    private final int bytes;

    Dtype(int bytes) {
        this.bytes = bytes;
    }

    /** Size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** True for the types the engine can add and subtract: F64, F32, F16 and BF16. 8 bit floats are storage only. */
    public boolean isArithmetic() {
        return switch (this) {
            case F64, F32, F16, BF16 -> true;
            case BOOL, U8, I8, F8_E5M2, F8_E4M3, F8_E8M0, I16, U16, I32, U32, C64, I64, U64 -> false;
        };
    }

    /** The type a header names, or empty when the name is not one of this enum. */
    public static Optional<Dtype> named(String name) {
        for (Dtype dtype : values()) {
            if (dtype.name().equals(name)) {
                return Optional.of(dtype);
            }
        }
        return Optional.empty();
    }
}
