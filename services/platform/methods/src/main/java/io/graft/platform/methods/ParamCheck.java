package io.graft.platform.methods;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the values of one call against a descriptor, gathering every problem. */
final class ParamCheck {
    private final MethodDescriptor method;
    private final List<ParamProblem> problems = new ArrayList<>();

    ParamCheck(MethodDescriptor method) {
        this.method = method;
    }

    Map<String, Object> effective(Map<String, ? extends @Nullable Object> values) {
        refuseUnknown(values);
        Map<String, Object> effective = new LinkedHashMap<>();
        for (ParamDescriptor param : method.params()) {
            @Nullable Object given = values.get(param.name());
            if (given == null) {
                given = param.defaultText();
            }
            if (given == null) {
                given = whenAbsent(param);
            }
            if (given != null) {
                @Nullable Object value = new ParamValue(param, problems).of(given);
                if (value != null) {
                    effective.put(param.name(), value);
                }
            }
        }
        compare(effective);
        if (!problems.isEmpty()) {
            throw new MethodParameterException(method.name(), problems);
        }
        return Collections.unmodifiableMap(effective);
    }

    private @Nullable Object whenAbsent(ParamDescriptor param) {
        if (param.required()) {
            problems.add(new ParamProblem(param.name(), "is missing; give it: " + param.doc()));
        }
        return switch (param.type()) {
            case TEXT_LIST, INTEGER_LIST -> List.of();
            case NUMBER_MAP -> Map.of();
            case NAME_SELECTION -> NameSelection.NONE;
            case NUMBER, INTEGER, BOOLEAN, TEXT, CHOICE -> null;
        };
    }

    private void refuseUnknown(Map<String, ? extends @Nullable Object> values) {
        List<String> known = method.params().stream().map(ParamDescriptor::name).toList();
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                List<String> near = NearMiss.of(name, known, 2);
                String cure = known.isEmpty()
                        ? "it has none"
                        : near.isEmpty()
                                ? "it has " + String.join(", ", known)
                                : "did you mean " + String.join(" or ", near) + "?";
                problems.add(new ParamProblem(name, "is not a parameter of " + method.title() + "; " + cure));
            }
        }
    }

    private void compare(Map<String, Object> effective) {
        for (ParamDescriptor param : method.params()) {
            compare(effective, param, param.below(), false);
            compare(effective, param, param.atMost(), true);
        }
    }

    private void compare(Map<String, Object> effective, ParamDescriptor param, @Nullable String other, boolean equal) {
        if (other != null
                && effective.get(param.name()) instanceof Number less
                && effective.get(other) instanceof Number more
                && (equal ? less.doubleValue() > more.doubleValue() : less.doubleValue() >= more.doubleValue())) {
            problems.add(new ParamProblem(
                    param.name(),
                    less + " must " + (equal ? "not be greater than " : "be less than ") + other + ", which is "
                            + more));
        }
    }
}
