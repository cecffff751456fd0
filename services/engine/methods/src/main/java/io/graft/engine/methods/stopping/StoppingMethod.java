package io.graft.engine.methods.stopping;

import io.graft.engine.methods.DescribedMethod;
import io.graft.engine.methods.EngineMethods;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kind of method that ends a run early. */
public interface StoppingMethod<P extends Record> extends DescribedMethod<P> {
    /** The watch over one run. */
    StoppingRule rule(P params);

    /**
     * The rule of that name.
     *
     * @throws IllegalArgumentException if there is no such rule
     * @throws io.graft.platform.methods.MethodParameterException naming every bad parameter
     */
    static StoppingRule choose(String name, Map<String, ? extends @Nullable Object> params) {
        return bound(EngineMethods.require(StoppingMethod.class, name), params);
    }

    private static <P extends Record> StoppingRule bound(
            StoppingMethod<P> method, Map<String, ? extends @Nullable Object> params) {
        return method.rule(method.bind(params));
    }
}
