package io.graft.platform.methods;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings one value to its parameter's type: Double, Long, Boolean, String, List, Map or {@link NameSelection}. */
final class ParamValue {
    private final ParamDescriptor param;
    private final List<ParamProblem> problems;

    ParamValue(ParamDescriptor param, List<ParamProblem> problems) {
        this.param = param;
        this.problems = problems;
    }

    /** The value in its type, or null after noting a problem. Defaults come as text, whatever the type. */
    @Nullable
    Object of(Object given) {
        return switch (param.type()) {
            case NUMBER -> number(given);
            case INTEGER -> whole(given);
            case BOOLEAN -> truth(given);
            case TEXT -> text(given);
            case CHOICE -> choice(given);
            case TEXT_LIST -> list(given, this::text);
            case INTEGER_LIST -> list(given, this::whole);
            case NUMBER_MAP -> numbers(given);
            case NAME_SELECTION -> selection(given);
        };
    }

    private @Nullable Double number(Object given) {
        double value = switch (given) {
            case Number number -> number.doubleValue();
            case String text when text.equals(param.defaultText()) -> Double.parseDouble(text);
            default -> Double.NaN;
        };
        if (!Double.isFinite(value)) {
            return refuse(
                    given,
                    "is not a finite number; give a number " + param.range().words());
        }
        if (!param.range().contains(value)) {
            return refuse(
                    given, "is out of range; give a number " + param.range().words());
        }
        return value;
    }

    private @Nullable Long whole(Object given) {
        double value = switch (given) {
            case Number number -> number.doubleValue();
            case String text when text.equals(param.defaultText()) -> Double.parseDouble(text);
            default -> Double.NaN;
        };
        if (value != Math.rint(value) || Math.abs(value) > 0x1p53) {
            return refuse(
                    given,
                    "is not a whole number; give a whole number "
                            + param.range().words());
        }
        if (!param.range().contains(value)) {
            return refuse(
                    given,
                    "is out of range; give a whole number " + param.range().words());
        }
        return given instanceof Long exact ? exact : Long.valueOf((long) value);
    }

    private @Nullable Boolean truth(Object given) {
        return switch (given) {
            case Boolean value -> value;
            case String text when text.equals(param.defaultText()) -> Boolean.valueOf(text);
            default -> refuse(given, "is neither true nor false; give one of them");
        };
    }

    private @Nullable String text(Object given) {
        return given instanceof String text && !text.isEmpty() ? text : refuse(given, "is not a text; give one");
    }

    private @Nullable String choice(Object given) {
        return given instanceof String text && param.choices().contains(text)
                ? text
                : refuse(given, "is not a choice; give one of " + String.join(", ", param.choices()));
    }

    private <T> @Nullable List<T> list(Object given, Function<Object, @Nullable T> element) {
        if (!(given instanceof List<?> values)) {
            return refuse(given, "is not a list; give one");
        }
        List<T> converted = new ArrayList<>();
        for (Object value : values) {
            @Nullable T each = value == null ? refuse(given, "has an empty entry; remove it") : element.apply(value);
            if (each == null) {
                return null;
            }
            converted.add(each);
        }
        return List.copyOf(converted);
    }

    private @Nullable Map<String, Double> numbers(Object given) {
        if (!(given instanceof Map<?, ?> values)) {
            return refuse(given, "is not an object of numbers; give one");
        }
        Map<String, Double> converted = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            @Nullable
            Double each = entry.getValue() == null
                    ? refuse(given, "has an empty entry; remove it")
                    : number(entry.getValue());
            if (each == null) {
                return null;
            }
            converted.put(String.valueOf(entry.getKey()), each);
        }
        return Collections.unmodifiableMap(converted);
    }

    private @Nullable NameSelection selection(Object given) {
        return switch (given) {
            case NameSelection selection -> selection;
            case String text when !text.isEmpty() -> NameSelection.of(text);
            case List<?> values -> {
                @Nullable List<String> names = list(values, this::text);
                yield names == null ? null : NameSelection.of(names);
            }
            default -> refuse(given, "is neither a text nor a list of names; give one of them");
        };
    }

    private <T> @Nullable T refuse(Object given, String message) {
        String shown = String.valueOf(given);
        problems.add(new ParamProblem(
                param.name(),
                ((shown.length() <= 60 ? shown : shown.substring(0, 60) + "...") + " " + message).strip()));
        return null;
    }
}
