package io.graft.engine.methods.parametrization;

import io.graft.engine.methods.DescribedMethod;
import io.graft.engine.methods.EngineMethods;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kind of method that says how a model's numbers depend on its width. */
public interface ParametrizationMethod<P extends Record> extends DescribedMethod<P> {
    /** Its factors. */
    Parametrization parametrization(P params);

    /** Width of the model whose numbers are known; null where width does not matter. */
    @Nullable
    Integer baseWidth(P params);

    /** A choice with its parameters. */
    record Chosen(Parametrization parametrization, @Nullable Integer baseWidth) {}

    /**
     * The parametrization of that name.
     *
     * @throws IllegalArgumentException if there is no such parametrization
     * @throws io.graft.platform.methods.MethodParameterException naming every bad parameter
     */
    static Chosen choose(String name, Map<String, ? extends @Nullable Object> params) {
        return bound(EngineMethods.require(ParametrizationMethod.class, name), params);
    }

    private static <P extends Record> Chosen bound(
            ParametrizationMethod<P> method, Map<String, ? extends @Nullable Object> params) {
        P bound = method.bind(params);
        return new Chosen(method.parametrization(bound), method.baseWidth(bound));
    }
}
