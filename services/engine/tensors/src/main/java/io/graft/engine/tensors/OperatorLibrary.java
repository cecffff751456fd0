package io.graft.engine.tensors;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Operators written in TorchScript and compiled when loaded. Made by {@link Torch#library}; lives as long as the runtime.
 *
 * <p>The source has the form of an exported module's code: methods indented by two spaces, {@code self} first, types
 * {@code Tensor}, {@code List[Tensor]}, {@code int}, {@code List[int]}, {@code float}, {@code bool}, {@code str}, calls as
 * {@code torch.NAME(...)}. There is no way to pass None: take a list that can be empty.
 *
 * <p>Arguments are tensors, lists of tensors, whole numbers, doubles, flags, arrays of long and strings. They are copied or
 * counted when the call is made, so nothing that Java could free is referred to by a graph.
 */
public final class OperatorLibrary {
    private final Torch torch;
    private final long module;

    private OperatorLibrary(Torch torch, long module) {
        this.torch = torch;
        this.module = module;
    }

    static OperatorLibrary ofResource(Torch torch, Class<?> anchor, String resource) {
        try (InputStream in = anchor.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no resource " + resource + " beside " + anchor.getName());
            }
            String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            byte[] archive = OperatorArchive.of(source);
            return new OperatorLibrary(
                    torch, JniUtils.loadModuleHandle(new ByteArrayInputStream(archive), Device.cpu(), false, false));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (EngineException failure) {
            throw Native.translated(resource, failure);
        }
    }

    void close() {
        JniUtils.deleteModule(module);
    }

    /** Calls an operator that gives one tensor, which belongs to the innermost open scope. */
    public Tensor tensor(String operator, Object... arguments) {
        long value = call(operator, arguments);
        try {
            return torch.adopt(Native.toTensor(value));
        } finally {
            leave(value);
        }
    }

    /** Calls an operator that gives a list of tensors, which belong to the innermost open scope. */
    public List<Tensor> tensors(String operator, Object... arguments) {
        long value = call(operator, arguments);
        try {
            List<Tensor> results = new ArrayList<>();
            for (long handle : Native.toTensors(value)) {
                results.add(torch.adopt(handle));
            }
            return results;
        } finally {
            leave(value);
        }
    }

    /** Calls an operator that gives a whole number. */
    public long integer(String operator, Object... arguments) {
        long value = call(operator, arguments);
        try {
            return Native.toLong(value);
        } finally {
            leave(value);
        }
    }

    /** Calls an operator that gives a floating point number. */
    public double number(String operator, Object... arguments) {
        long value = call(operator, arguments);
        try {
            return Native.toDouble(value);
        } finally {
            leave(value);
        }
    }

    /** Calls an operator that gives a flag. */
    public boolean flag(String operator, Object... arguments) {
        long value = call(operator, arguments);
        try {
            return Native.toBool(value);
        } finally {
            leave(value);
        }
    }

    /** Calls an operator for its effect. */
    public void run(String operator, Object... arguments) {
        leave(call(operator, arguments));
    }

    private long call(String operator, Object[] arguments) {
        torch.enter();
        boolean done = false;
        long[] values = new long[arguments.length];
        try {
            for (int i = 0; i < arguments.length; i++) {
                values[i] = value(operator, arguments[i]);
            }
            long result = Native.run(module, operator, values);
            done = true;
            return result;
        } finally {
            for (long value : values) {
                if (value != 0) {
                    Native.deleteValue(value);
                }
            }
            if (!done) {
                torch.leave();
            }
        }
    }

    private void leave(long value) {
        try {
            Native.deleteValue(value);
        } finally {
            torch.leave();
        }
    }

    private static long value(String operator, Object argument) {
        return switch (argument) {
            case Tensor tensor -> Native.fromTensor(tensor.handle());
            case Integer number -> Native.fromLong(number);
            case Long number -> Native.fromLong(number);
            case Double number -> Native.fromDouble(number);
            case Boolean flag -> Native.fromBool(flag);
            case String text -> Native.fromString(text);
            case long[] numbers -> Native.fromLongs(numbers);
            case List<?> list -> Native.fromTensors(handles(operator, list));
            default -> throw refused(operator, argument);
        };
    }

    private static long[] handles(String operator, List<?> list) {
        long[] handles = new long[list.size()];
        int i = 0;
        for (Object element : list) {
            if (!(element instanceof Tensor tensor)) {
                throw refused(operator, element);
            }
            handles[i++] = tensor.handle();
        }
        return handles;
    }

    private static TensorException refused(String operator, Object argument) {
        return TensorException.operator(
                operator + " was given a " + argument.getClass().getName()
                        + "; it takes tensors, lists of tensors, long, double, boolean, long[] and String");
    }
}
