package io.graft.engine.tensors;

/** An operation that libtorch refused, or a use of tensors that would have harmed the process. */
public final class TensorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** Shapes, values or arguments that an operator does not take. */
        OPERATOR,
        /** An element type that the operation does not take. */
        DTYPE,
        /** The machine or the accelerator has no memory left for a result. */
        OUT_OF_MEMORY,
        /** The tensor, its scope or the runtime was closed before. */
        CLOSED,
        /** The native library is missing or can't be loaded. */
        UNAVAILABLE
    }

    private final Kind kind;

    private TensorException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    private TensorException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static TensorException of(Kind kind, String message, Throwable cause) {
        return new TensorException(kind, message, cause);
    }

    /** A wrong argument that is found before libtorch is asked. */
    public static TensorException operator(String message) {
        return new TensorException(Kind.OPERATOR, message);
    }

    static TensorException dtype(String message) {
        return new TensorException(Kind.DTYPE, message);
    }

    static TensorException closed(String message) {
        return new TensorException(Kind.CLOSED, message);
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }
}
