package io.graft.platform.methods;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every method that the engine of this release has. Immutable.
 *
 * @param methods by kind, then by name
 */
public record MethodCatalog(List<MethodDescriptor> methods) {
    /** Where the catalogue lies on the class path; written from the engine's annotations. */
    public static final String RESOURCE = "META-INF/graft/methods.json";

    /** Copies the list. */
    public MethodCatalog {
        methods = List.copyOf(methods);
    }

    /** Reads the catalogue that is part of this release. */
    public static MethodCatalog load() {
        try (@Nullable InputStream json = MethodCatalog.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (json == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return CatalogReader.read(json);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The methods of a kind, by name. */
    public List<MethodDescriptor> of(MethodKind kind) {
        return methods.stream().filter(method -> method.kind() == kind).toList();
    }

    /** The method of that kind and name, if there is one. */
    public Optional<MethodDescriptor> find(MethodKind kind, String name) {
        return methods.stream()
                .filter(method -> method.kind() == kind && method.name().equals(name))
                .findFirst();
    }

    /**
     * The method of that kind and name.
     *
     * @throws UnknownMethodException if there is none; its message names those there are
     */
    public MethodDescriptor require(MethodKind kind, String name) {
        return find(kind, name).orElseThrow(() -> unknown(kind, name));
    }

    /** The catalogue as JSON, the same text for the same methods. */
    public String json() {
        return CatalogWriter.write(this);
    }

    private UnknownMethodException unknown(MethodKind kind, String name) {
        List<String> names = of(kind).stream().map(MethodDescriptor::name).toList();
        List<String> near = NearMiss.of(name, names, 2);
        return new UnknownMethodException("there is no " + kind.wireName() + " '" + name + "'; "
                + (near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ")
                + "There are " + String.join(", ", names));
    }
}
