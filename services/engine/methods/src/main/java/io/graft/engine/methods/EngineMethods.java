package io.graft.engine.methods;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Finds the methods of a kind on the class path. */
public final class EngineMethods {
    private EngineMethods() {}

    /** Every method of a kind, by name. */
    public static <M extends DescribedMethod<?>> List<M> all(Class<M> kind) {
        return ServiceLoader.load(kind, EngineMethods.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted((left, right) ->
                        left.descriptor().name().compareTo(right.descriptor().name()))
                .toList();
    }

    /**
     * The method of that kind and name.
     *
     * @throws IllegalArgumentException if there is none; the message names those there are
     */
    public static <M extends DescribedMethod<?>> M require(Class<M> kind, String name) {
        List<M> methods = all(kind);
        return methods.stream()
                .filter(method -> method.descriptor().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + kind.getSimpleName() + " '" + name
                        + "'; there are "
                        + methods.stream()
                                .map(method -> method.descriptor().name())
                                .collect(Collectors.joining(", "))));
    }
}
