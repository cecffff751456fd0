package io.graft.engine.methods.objective;

import io.graft.engine.methods.DescribedMethod;
import io.graft.engine.methods.EngineMethods;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kind of method that says what a training makes small. */
public interface ObjectiveMethod<P extends Record> extends DescribedMethod<P> {
    /** The loss with these parameters. */
    Objective objective(P params);

    /**
     * The objective of that name.
     *
     * @throws IllegalArgumentException if there is no such objective
     * @throws io.graft.platform.methods.MethodParameterException naming every bad parameter
     */
    static Objective choose(String name, Map<String, ? extends @Nullable Object> params) {
        return bound(EngineMethods.require(ObjectiveMethod.class, name), params);
    }

    private static <P extends Record> Objective bound(
            ObjectiveMethod<P> method, Map<String, ? extends @Nullable Object> params) {
        return method.objective(method.bind(params));
    }
}
