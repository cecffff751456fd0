package io.graft.engine.methods.optimizer;

import io.graft.engine.methods.DescribedMethod;
import io.graft.engine.methods.EngineMethods;
import io.graft.engine.tensors.Scope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kind of method that updates parameters. */
public interface OptimizerMethod<P extends Record> extends DescribedMethod<P> {
    /**
     * An optimizer with an empty state.
     *
     * @param home where its state lives
     */
    Optimizer optimizer(P params, List<ParameterGroup> groups, Scope home);

    /**
     * The optimizer of that name.
     *
     * @throws IllegalArgumentException if there is no such optimizer
     * @throws io.graft.platform.methods.MethodParameterException naming every bad parameter
     */
    static Optimizer choose(
            String name, Map<String, ? extends @Nullable Object> params, List<ParameterGroup> groups, Scope home) {
        return bound(EngineMethods.require(OptimizerMethod.class, name), params, groups, home);
    }

    private static <P extends Record> Optimizer bound(
            OptimizerMethod<P> method,
            Map<String, ? extends @Nullable Object> params,
            List<ParameterGroup> groups,
            Scope home) {
        return method.optimizer(method.bind(params), groups, home);
    }
}
