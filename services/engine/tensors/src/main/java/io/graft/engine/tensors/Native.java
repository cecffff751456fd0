package io.graft.engine.tensors;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The few calls of the binding library that Graft makes, on bare handles.
 *
 * <p>They are package-private there; its public classes above them tie memory to garbage collection and can't pass numbers to
 * a differentiated operator. Method handles reach them without further cost; a changed signature fails when this class is
 * loaded, not in the middle of a training.
 */
final class Native {
    private static final Object LIBRARY;
    private static final MethodHandle RUN;
    private static final MethodHandle FROM_TENSOR;
    private static final MethodHandle FROM_LONG;
    private static final MethodHandle FROM_DOUBLE;
    private static final MethodHandle FROM_BOOL;
    private static final MethodHandle FROM_STRING;
    private static final MethodHandle FROM_LONGS;
    private static final MethodHandle FROM_TENSORS;
    private static final MethodHandle TO_TENSOR;
    private static final MethodHandle TO_TENSORS;
    private static final MethodHandle TO_LONG;
    private static final MethodHandle TO_DOUBLE;
    private static final MethodHandle TO_BOOL;
    private static final MethodHandle DELETE_VALUE;
    private static final MethodHandle DELETE_TENSOR;
    private static final MethodHandle SIZES;
    private static final MethodHandle BUFFER;

    static {
        try {
            Class<?> type = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary");
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            LIBRARY = lookup.findStaticGetter(type, "LIB", type)
                    .asType(MethodType.methodType(Object.class))
                    .invokeExact();
            RUN = find(
                    lookup,
                    "moduleRunMethod",
                    long.class,
                    long.class,
                    String.class,
                    long[].class,
                    boolean.class,
                    boolean.class);
            FROM_TENSOR = find(lookup, "iValueFromTensor", long.class, long.class);
            FROM_LONG = find(lookup, "iValueFromLong", long.class, long.class);
            FROM_DOUBLE = find(lookup, "iValueFromDouble", long.class, double.class);
            FROM_BOOL = find(lookup, "iValueFromBool", long.class, boolean.class);
            FROM_STRING = find(lookup, "iValueFromString", long.class, String.class);
            FROM_LONGS = find(lookup, "iValueFromLongList", long.class, long[].class);
            FROM_TENSORS = find(lookup, "iValueFromTensorList", long.class, long[].class);
            TO_TENSOR = find(lookup, "iValueToTensor", long.class, long.class);
            TO_TENSORS = find(lookup, "iValueToTensorList", long[].class, long.class);
            TO_LONG = find(lookup, "iValueToLong", long.class, long.class);
            TO_DOUBLE = find(lookup, "iValueToDouble", double.class, long.class);
            TO_BOOL = find(lookup, "iValueToBool", boolean.class, long.class);
            DELETE_VALUE = find(lookup, "torchDeleteIValue", void.class, long.class);
            DELETE_TENSOR = find(lookup, "torchDeleteTensor", void.class, long.class);
            SIZES = find(lookup, "torchSizes", long[].class, long.class);
            BUFFER = find(lookup, "torchDirectByteBuffer", ByteBuffer.class, long.class);
        } catch (Throwable failure) {
            throw new ExceptionInInitializerError(failure);
        }
    }

    private Native() {}

    private static MethodHandle find(MethodHandles.Lookup lookup, String name, Class<?> result, Class<?>... parameters)
            throws ReflectiveOperationException {
        MethodType type = MethodType.methodType(result, parameters);
        return lookup.findVirtual(lookup.lookupClass(), name, type).bindTo(LIBRARY);
    }

    /** Runs an operator with autograd as the thread's gradient mode says; the result is a value to be deleted. */
    static long run(long module, String method, long[] values) {
        try {
            return (long) RUN.invokeExact(module, method, values, true, false);
        } catch (Throwable failure) {
            throw translated(method, failure);
        }
    }

    static long fromTensor(long tensor) {
        try {
            return (long) FROM_TENSOR.invokeExact(tensor);
        } catch (Throwable failure) {
            throw translated("argument", failure);
        }
    }

    static long fromLong(long number) {
        try {
            return (long) FROM_LONG.invokeExact(number);
        } catch (Throwable failure) {
            throw translated("argument", failure);
        }
    }

    static long fromDouble(double number) {
        try {
            return (long) FROM_DOUBLE.invokeExact(number);
        } catch (Throwable failure) {
            throw translated("argument", failure);
        }
    }

    static long fromBool(boolean flag) {
        try {
            return (long) FROM_BOOL.invokeExact(flag);
        } catch (Throwable failure) {
            throw translated("argument", failure);
        }
    }

    static long fromString(String text) {
        try {
            return (long) FROM_STRING.invokeExact(text);
        } catch (Throwable failure) {
            throw translated("argument", failure);
        }
    }

    static long fromLongs(long[] numbers) {
        try {
            return (long) FROM_LONGS.invokeExact(numbers);
        } catch (Throwable failure) {
            throw translated("argument", failure);
        }
    }

    static long fromTensors(long[] tensors) {
        try {
            return (long) FROM_TENSORS.invokeExact(tensors);
        } catch (Throwable failure) {
            throw translated("argument", failure);
        }
    }

    static long toTensor(long value) {
        try {
            return (long) TO_TENSOR.invokeExact(value);
        } catch (Throwable failure) {
            throw translated("result", failure);
        }
    }

    static long[] toTensors(long value) {
        try {
            return (long[]) TO_TENSORS.invokeExact(value);
        } catch (Throwable failure) {
            throw translated("result", failure);
        }
    }

    static long toLong(long value) {
        try {
            return (long) TO_LONG.invokeExact(value);
        } catch (Throwable failure) {
            throw translated("result", failure);
        }
    }

    static double toDouble(long value) {
        try {
            return (double) TO_DOUBLE.invokeExact(value);
        } catch (Throwable failure) {
            throw translated("result", failure);
        }
    }

    static boolean toBool(long value) {
        try {
            return (boolean) TO_BOOL.invokeExact(value);
        } catch (Throwable failure) {
            throw translated("result", failure);
        }
    }

    static void deleteValue(long value) {
        try {
            DELETE_VALUE.invokeExact(value);
        } catch (Throwable failure) {
            throw translated("delete", failure);
        }
    }

    static void deleteTensor(long tensor) {
        try {
            DELETE_TENSOR.invokeExact(tensor);
        } catch (Throwable failure) {
            throw translated("delete", failure);
        }
    }

    static long[] sizes(long tensor) {
        try {
            return (long[]) SIZES.invokeExact(tensor);
        } catch (Throwable failure) {
            throw translated("shape", failure);
        }
    }

    /** The memory of a contiguous tensor of less than 2 GiB in main memory; valid only while the tensor lives. */
    static ByteBuffer buffer(long tensor) {
        try {
            return (ByteBuffer) BUFFER.invokeExact(tensor);
        } catch (Throwable failure) {
            throw translated("memory", failure);
        }
    }

    static void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    static RuntimeException translated(String operation, Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (!(failure instanceof EngineException) && failure instanceof RuntimeException runtime) {
            return runtime;
        }
        String reason = reason(failure.getMessage());
        String lower = reason.toLowerCase(Locale.ROOT);
        boolean memory = lower.contains("out of memory") || lower.contains("can't allocate memory");
        boolean type =
                lower.contains("dtype") || lower.contains("scalar type") || lower.contains("not implemented for '");
        TensorException.Kind kind = memory
                ? TensorException.Kind.OUT_OF_MEMORY
                : type ? TensorException.Kind.DTYPE : TensorException.Kind.OPERATOR;
        return TensorException.of(kind, operation + ": " + reason, failure);
    }

    /** The sentence for people out of a message with the interpreter's and the C++ stack in it. */
    private static String reason(@Nullable String message) {
        if (message == null) {
            return "libtorch gave no reason";
        }
        int start = message.lastIndexOf("RuntimeError: ");
        String text = start < 0 ? message : message.substring(start + "RuntimeError: ".length());
        int stack = text.indexOf("\nException raised from");
        return (stack < 0 ? text : text.substring(0, stack)).strip();
    }
}
