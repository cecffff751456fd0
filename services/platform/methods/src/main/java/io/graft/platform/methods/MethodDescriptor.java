package io.graft.platform.methods;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a method says about itself.
 *
 * @param title what a person calls it
 * @param paper authors, title and where it was published
 * @param notes what is known to disappoint, to differ from the paper, or to need care
 * @param params in the order of the record
 */
public record MethodDescriptor(
        MethodKind kind,
        String name,
        String title,
        String paper,
        String summary,
        List<String> notes,
        List<ParamDescriptor> params) {
    /** Copies the lists. */
    public MethodDescriptor {
        notes = List.copyOf(notes);
        params = List.copyOf(params);
    }

    /**
     * Reads the annotations of a method and of its record of parameters.
     *
     * @throws IllegalArgumentException if one is missing or a component has a type that no parameter can have
     */
    public static MethodDescriptor of(Class<?> method, Class<? extends Record> params) {
        @Nullable Method annotation = method.getAnnotation(Method.class);
        if (annotation == null) {
            throw new IllegalArgumentException(method + " has no @Method");
        }
        return new MethodDescriptor(
                annotation.kind(),
                annotation.name(),
                annotation.title(),
                annotation.paper(),
                annotation.summary(),
                List.of(annotation.notes()),
                Arrays.stream(params.getRecordComponents())
                        .map(MethodDescriptor::describe)
                        .toList());
    }

    /**
     * Checks values and fills in defaults.
     *
     * @param values by name; numbers of any class, texts, booleans, lists and maps of them; null counts as absent
     * @return every parameter that has a value, in the order of {@link #params}; collections are immutable
     * @throws MethodParameterException naming every unknown, missing or bad parameter
     */
    public Map<String, Object> effective(Map<String, ? extends @Nullable Object> values) {
        return new ParamCheck(this).effective(values);
    }

    private static ParamDescriptor describe(RecordComponent component) {
        @Nullable Param annotation = component.getAnnotation(Param.class);
        if (annotation == null) {
            throw new IllegalArgumentException(
                    component.getDeclaringRecord() + "." + component.getName() + " has no @Param");
        }
        ParamType type =
                ParamType.of(component.getType(), component.getGenericType().getTypeName());
        return new ParamDescriptor(
                wireName(component.getName()),
                type,
                annotation.doc(),
                annotation.byDefault().isEmpty() ? null : annotation.byDefault(),
                annotation.optional(),
                new ParamDescriptor.Range(
                        annotation.min(), annotation.max(), annotation.aboveMin(), annotation.belowMax()),
                type == ParamType.CHOICE ? choices(component.getType()) : List.of(),
                annotation.below().isEmpty() ? null : annotation.below(),
                annotation.atMost().isEmpty() ? null : annotation.atMost());
    }

    static List<String> choices(Class<?> choice) {
        return Arrays.stream(choice.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
    }

    static String wireName(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
