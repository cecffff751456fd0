package io.graft.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.query.FilterTerm.Operator;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final Set<String> FIELDS = Set.of("state", "kind", "create_time", "labels");

    @Test
    void readsComparisonsJoinedByAnd() {
        assertThat(Filter.parse(
                        "state = RUNNING AND kind=\"graft\" AND create_time >= 2026-01-01T00:00:00Z AND labels.team != a",
                        FIELDS))
                .containsExactly(
                        new FilterTerm("state", Operator.EQUAL, "RUNNING"),
                        new FilterTerm("kind", Operator.EQUAL, "graft"),
                        new FilterTerm("create_time", Operator.GREATER_OR_EQUAL, "2026-01-01T00:00:00Z"),
                        new FilterTerm("labels.team", Operator.NOT_EQUAL, "a"));
    }

    @Test
    void readsQuotedValuesAsTheyAre() {
        assertThat(Filter.parse("kind = \"a \\\"b\\\" AND = c\\\\\"", FIELDS))
                .containsExactly(new FilterTerm("kind", Operator.EQUAL, "a \"b\" AND = c\\"));
    }

    @Test
    void readsNothingFromNothing() {
        assertThat(Filter.parse("  ", FIELDS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state",
                "state =",
                "= RUNNING",
                "state = RUNNING AND",
                "state = RUNNING kind = graft",
                "state = RUNNING OR state = QUEUED",
                "NOT state = RUNNING",
                "(state = RUNNING)",
                "state : RUNNING",
                "state = \"RUNNING",
                "owner = me",
                "labels = x",
                "name.x = y",
                "state = RUNNING ANDkind = graft"
            })
    void refusesWhatItCannotRead(String filter) {
        assertThatThrownBy(() -> Filter.parse(filter, FIELDS)).isInstanceOfSatisfying(GraftException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_FILTER);
            assertThat(e.violations())
                    .singleElement()
                    .satisfies(bad -> assertThat(bad.field()).isEqualTo("filter"));
        });
    }

    @Test
    void refusesAFilterThatIsTooLong() {
        String filter = "kind = \"" + "x".repeat(2000) + "\"";

        assertThatThrownBy(() -> Filter.parse(filter, FIELDS)).hasMessageContaining("2000");
    }
}
