package io.graft.engine.methods;

import io.graft.platform.methods.MethodDescriptor;
import io.graft.platform.methods.ParamBinding;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A technique of the catalogue: a final class with {@link io.graft.platform.methods.Method}, a public constructor
 * without arguments, and a line in {@code META-INF/services} of its kind. Stateless.
 *
 * @param <P> its record of parameters, whose components carry {@link io.graft.platform.methods.Param}
 */
public interface DescribedMethod<P extends Record> {
    /** The class of its parameters. */
    Class<P> params();

    /** What it says about itself. */
    default MethodDescriptor descriptor() {
        return MethodDescriptor.of(getClass(), params());
    }

    /**
     * Its parameters from values by name.
     *
     * @throws io.graft.platform.methods.MethodParameterException naming every bad parameter
     */
    default P bind(Map<String, ? extends @Nullable Object> values) {
        return ParamBinding.bind(getClass(), params(), values);
    }
}
