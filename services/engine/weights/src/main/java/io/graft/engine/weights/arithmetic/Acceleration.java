package io.graft.engine.weights.arithmetic;

import io.graft.engine.safetensors.Dtype;
import java.util.Optional;

/** How blocks are computed. Both ways give the same bits. */
public enum Acceleration {
    /** The JDK's vector module, which the JVM must have been started with. */
    VECTOR,
    /** Plain loops. */
    SCALAR;

    private static final String MODULE = "jdk.incubator.vector";

    /** The fastest way this JVM and machine offer. */
    public static Acceleration detect() {
        boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
        return present && VectorArithmetic.isUseful() ? VECTOR : SCALAR;
    }

    /** The arithmetic. */
    public BlockArithmetic arithmetic() {
        return switch (this) {
            case VECTOR -> new VectorArithmetic();
            case SCALAR -> new ScalarArithmetic();
        };
    }

    /** The shortcut for a whole update that is bfloat16 on every side, where this way has one. */
    public Optional<Bf16Graft> bf16Graft() {
        return this == VECTOR && Bf16Graft.isUseful() ? Optional.of(new Bf16Graft()) : Optional.empty();
    }

    /**
     * The codec of a dtype.
     *
     * @throws IllegalArgumentException if the dtype has no arithmetic
     */
    public ElementCodec codec(Dtype dtype) {
        return switch (dtype) {
            case BF16 -> this == VECTOR ? new VectorBf16() : new ScalarCodecs.Bf16();
            case F16 -> new ScalarCodecs.F16();
            case F32 -> new ScalarCodecs.F32();
            case F64 -> new ScalarCodecs.F64();
            case BOOL, U8, I8, F8_E5M2, F8_E4M3, F8_E8M0, I16, U16, I32, U32, C64, I64, U64 ->
                throw new IllegalArgumentException(dtype + " has no arithmetic");
        };
    }
}
