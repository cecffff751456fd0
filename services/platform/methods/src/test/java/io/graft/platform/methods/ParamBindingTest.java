package io.graft.platform.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParamBindingTest {
    private static Cooling.Params bind(Map<String, ? extends @Nullable Object> values) {
        return ParamBinding.bind(Cooling.class, Cooling.Params.class, values);
    }

    @Test
    void whatIsAbsentGetsItsDefault() {
        assertThat(bind(Map.of("lr", 0.5)))
                .isEqualTo(new Cooling.Params(
                        0.5,
                        0.9,
                        null,
                        10,
                        1L << 53,
                        Cooling.Shape.INV_SQRT,
                        false,
                        List.of(),
                        List.of(),
                        Map.of(),
                        NameSelection.NONE));
    }

    @Test
    void valuesOfAProtobufStructBecomeTheRecordsTypes() {
        Map<String, @Nullable Object> struct = new HashMap<>(Map.of(
                "lr",
                1.0,
                "steps",
                3.0,
                "shape",
                "linear",
                "restart",
                true,
                "names",
                List.of("a", "b"),
                "layers",
                List.of(0.0, 2.0),
                "ranks",
                Map.of("q_proj", 2.0),
                "targets",
                List.of("q_proj")));
        struct.put("low", null);

        Cooling.Params params = bind(struct);

        assertThat(params.steps()).isEqualTo(3);
        assertThat(params.shape()).isEqualTo(Cooling.Shape.LINEAR);
        assertThat(params.layers()).containsExactly(0, 2);
        assertThat(params.ranks()).containsEntry("q_proj", 2.0);
        assertThat(params.targets()).isEqualTo(NameSelection.of(List.of("q_proj")));
        assertThat(params.low()).isNull();
        assertThat(bind(Map.of("lr", 1, "targets", "all-linear")).targets()).isEqualTo(NameSelection.of("all-linear"));
    }

    @Test
    void everyBadParameterIsNamedAtOnce() {
        assertThatThrownBy(() -> bind(Map.of("keep", 1.0, "steps", 2.5, "shape", "round", "lrr", 0.1)))
                .asInstanceOf(throwable(MethodParameterException.class))
                .satisfies(refused -> assertThat(refused.problems())
                        .containsExactlyInAnyOrder(
                                new ParamProblem("lr", "is missing; give it: the rate"),
                                new ParamProblem("keep", "1.0 is out of range; give a number from 0 to below 1"),
                                new ParamProblem("steps", "2.5 is not a whole number; give a whole number from 1"),
                                new ParamProblem("shape", "round is not a choice; give one of linear, inv_sqrt"),
                                new ParamProblem("lrr", "is not a parameter of Cooling; did you mean lr?")));
    }

    @Test
    void relationsBetweenParametersHold() {
        assertThatThrownBy(() -> bind(Map.of("lr", 0.5, "low", 0.5, "steps", 11, "total", 10)))
                .hasMessageContaining("low: 0.5 must be less than lr, which is 0.5")
                .hasMessageContaining("steps: 11 must not be greater than total, which is 10");
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of("lr", Double.NaN, "not a finite number"),
                Arguments.of("lr", Double.POSITIVE_INFINITY, "not a finite number"),
                Arguments.of("lr", "0.5", "not a finite number"),
                Arguments.of("lr", 0.0, "above 0 to 1"),
                Arguments.of("steps", 1e300, "not a whole number"),
                Arguments.of("steps", true, "not a whole number"),
                Arguments.of("restart", "yes", "neither true nor false"),
                Arguments.of("names", "a", "not a list"),
                Arguments.of("names", Arrays.asList("a", null), "has an empty entry"),
                Arguments.of("names", List.of(""), "not a text"),
                Arguments.of("layers", List.of(-1), "out of range"),
                Arguments.of("ranks", List.of(1), "not an object"),
                Arguments.of("ranks", Map.of("q", 0), "out of range"),
                Arguments.of("targets", 7, "neither a text nor a list"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aValueOfAnotherTypeOrOutOfRangeIsRefused(String name, Object value, String message) {
        Map<String, Object> values = new HashMap<>(Map.of("lr", 0.5));
        values.put(name, value);

        assertThatThrownBy(() -> bind(values))
                .isInstanceOf(MethodParameterException.class)
                .hasMessageContaining(name + ": ")
                .hasMessageContaining(message);
    }
}
