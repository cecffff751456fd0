package io.graft.engine.tensors;

import io.graft.engine.safetensors.Dtype;

/** Element types of tensors. The arithmetic of a model runs in F32 or F64; the 16 bit floats are for storage and casts. */
public enum DType {
    U8(0, 1),
    I8(1, 1),
    I32(3, 4),
    I64(4, 8),
    F16(5, 2),
    F32(6, 4),
    F64(7, 8),
    BOOL(11, 1),
    BF16(15, 2);

    private final int code;
    private final int bytes;

    DType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The number libtorch gives this type. */
    public int code() {
        return code;
    }

    /** Size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Whether gradients can flow through tensors of this type. */
    public boolean isFloating() {
        return switch (this) {
            case F16, F32, F64, BF16 -> true;
            case U8, I8, I32, I64, BOOL -> false;
        };
    }

    /** The type of the safetensors format with the same bytes. */
    public Dtype stored() {
        return switch (this) {
            case U8 -> Dtype.U8;
            case I8 -> Dtype.I8;
            case I32 -> Dtype.I32;
            case I64 -> Dtype.I64;
            case F16 -> Dtype.F16;
            case F32 -> Dtype.F32;
            case F64 -> Dtype.F64;
            case BOOL -> Dtype.BOOL;
            case BF16 -> Dtype.BF16;
        };
    }

    /**
     * The type that holds a stored tensor's bytes.
     *
     * @throws TensorException if no operator reads that type
     */
    public static DType of(Dtype stored) {
        for (DType type : values()) {
            if (type.stored() == stored) {
                return type;
            }
        }
        throw TensorException.dtype("tensors of type " + stored + " can't be computed with; save them as F32 or BF16");
    }

    static DType ofCode(long code) {
        for (DType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw TensorException.dtype("libtorch's element type " + code + " is none that Graft computes with");
    }
}
