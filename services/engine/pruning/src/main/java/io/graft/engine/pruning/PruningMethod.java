package io.graft.engine.pruning;

import io.graft.platform.methods.MethodDescriptor;
import io.graft.platform.methods.ParamBinding;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A technique that chooses what stays: a final class with {@link io.graft.platform.methods.Method}, a public constructor
 * without arguments, and a line in {@code META-INF/services}. Stateless.
 *
 * @param <P> its record of parameters
 */
public interface PruningMethod<P extends Record> {
    /** The class of its parameters. */
    Class<P> params();

    /** The rows it reads. */
    Set<RowsOf> needs(P params);

    /**
     * Chooses the samples that stay.
     *
     * @throws PruningException if that cannot be done; before anything is computed where possible
     */
    Pruning prune(P params, PruningInputs inputs, PruneOrder order);

    /** What it says about itself. */
    default MethodDescriptor descriptor() {
        return MethodDescriptor.of(getClass(), params());
    }

    /** Every method on the class path, by name. */
    static List<PruningMethod<?>> all() {
        return ServiceLoader.load(PruningMethod.class, PruningMethod.class.getClassLoader()).stream()
                .<PruningMethod<?>>map(ServiceLoader.Provider::get)
                .sorted((left, right) ->
                        left.descriptor().name().compareTo(right.descriptor().name()))
                .toList();
    }

    /**
     * The method of that name with its parameters.
     *
     * @throws IllegalArgumentException if there is no such method; the message names those there are
     * @throws io.graft.platform.methods.MethodParameterException naming every bad parameter
     */
    static Chosen choose(String name, Map<String, ? extends @Nullable Object> params) {
        List<PruningMethod<?>> methods = all();
        return methods.stream()
                .filter(method -> method.descriptor().name().equals(name))
                .findFirst()
                .map(method -> bound(method, params))
                .orElseThrow(() -> new IllegalArgumentException("there is no pruning method '" + name + "'; there are "
                        + methods.stream()
                                .map(method -> method.descriptor().name())
                                .collect(Collectors.joining(", "))));
    }

    private static <P extends Record> Chosen bound(
            PruningMethod<P> method, Map<String, ? extends @Nullable Object> values) {
        P params = ParamBinding.bind(method.getClass(), method.params(), values);
        return new Chosen() {
            @Override
            public Set<RowsOf> needs() {
                return method.needs(params);
            }

            @Override
            public Pruning prune(PruningInputs inputs, PruneOrder order) {
                return method.prune(params, inputs, order);
            }
        };
    }

    /** A method with its parameters. */
    interface Chosen {
        /** See {@link PruningMethod#needs}. */
        Set<RowsOf> needs();

        /** See {@link PruningMethod#prune}. */
        Pruning prune(PruningInputs inputs, PruneOrder order);
    }
}
