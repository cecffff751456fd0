package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScratchSpaceTest {
    private static final long RESERVE = 67_108_864;

    @Test
    void showsItsArithmetic() {
        Map<String, Long> needs = new LinkedHashMap<>();
        needs.put("inputs", 3_000L);
        needs.put("output", 1_000L);

        assertThatThrownBy(() -> ScratchSpace.require(RESERVE + 3_999, needs))
                .isInstanceOfSatisfying(GraftException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.DISK_SPACE);
                    assertThat(e)
                            .hasMessageContaining("needs 67,112,864 B = inputs 3,000 B + output 1,000 B + reserve");
                    assertThat(e.metadata())
                            .containsEntry("free_bytes", "67112863")
                            .containsEntry("needed_bytes", "67112864");
                });
        assertThatCode(() -> ScratchSpace.require(RESERVE + 4_000, needs)).doesNotThrowAnyException();
    }
}
