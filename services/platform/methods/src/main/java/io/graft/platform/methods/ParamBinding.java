package io.graft.platform.methods;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a method's record of parameters from values by name. */
public final class ParamBinding {
    private ParamBinding() {}

    /**
     * Checks the values, fills in defaults and makes the record.
     *
     * @param values as {@link MethodDescriptor#effective} takes them
     * @throws MethodParameterException naming every bad parameter, or what the record's own constructor refuses
     */
    public static <P extends Record> P bind(
            Class<?> method, Class<P> params, Map<String, ? extends @Nullable Object> values) {
        Map<String, Object> effective = MethodDescriptor.of(method, params).effective(values);
        RecordComponent[] components = params.getRecordComponents();
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int index = 0; index < components.length; index++) {
            @Nullable Object value = effective.get(MethodDescriptor.wireName(components[index].getName()));
            arguments[index] = value == null ? null : argument(components[index].getType(), value);
        }
        return construct(params, components, arguments);
    }

    private static Object argument(Class<?> type, Object value) {
        if (type == int.class || type == Integer.class) {
            return Math.toIntExact((Long) value);
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant ->
                            ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(value))
                    .findFirst()
                    .orElseThrow();
        }
        if (type == List.class && value instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Long) {
            return list.stream().map(each -> Math.toIntExact((Long) each)).toList();
        }
        return value;
    }

    private static <P extends Record> P construct(
            Class<P> params, RecordComponent[] components, @Nullable Object[] arguments) {
        try {
            Constructor<P> constructor = params.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(params + " cannot be made", refused);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(params + " cannot be made", broken);
        }
    }
}
