package io.graft.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PartsSettingsTest {
    @Test
    void namesEveryBadVariableAtOnce() {
        assertThatThrownBy(() -> PartsSettings.of(Map.of("GRAFT_PARTS_S3_PORT", "x", "GRAFT_PARTS_DATA", "/d")))
                .isInstanceOf(EmbeddedPartException.class)
                .hasMessageContaining("GRAFT_PARTS_S3_PORT")
                .hasMessageContaining("GRAFT_PARTS_POSTGRES_PASSWORD")
                .hasMessageContaining("GRAFT_PARTS_KAFKA_CONTROLLER_PORT")
                .hasMessageNotContaining("GRAFT_PARTS_DATA");
    }
}
