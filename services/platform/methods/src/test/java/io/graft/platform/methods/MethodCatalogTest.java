package io.graft.platform.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodCatalogTest {
    private static final MethodDescriptor COOLING = MethodDescriptor.of(Cooling.class, Cooling.Params.class);
    private static final MethodCatalog CATALOG = new MethodCatalog(List.of(COOLING));

    @Test
    void whatIsWrittenReadsTheSame() throws IOException {
        byte[] json = CATALOG.json().getBytes(StandardCharsets.UTF_8);

        assertThat(CatalogReader.read(new ByteArrayInputStream(json))).isEqualTo(CATALOG);
    }

    @Test
    void theReleasesCatalogueLoadsAndWritesTheSame() throws IOException {
        try (var resource = MethodCatalog.class.getClassLoader().getResourceAsStream(MethodCatalog.RESOURCE)) {
            assertThat(MethodCatalog.load().json())
                    .isEqualTo(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aMisspeltNameIsAnsweredWithNearOnes() {
        assertThatThrownBy(() -> CATALOG.require(MethodKind.SCHEDULE, "coolin"))
                .isInstanceOf(UnknownMethodException.class)
                .hasMessage("there is no schedule 'coolin'; did you mean cooling? There are cooling");
        assertThat(CATALOG.find(MethodKind.OPTIMIZER, "cooling")).isEmpty();
    }

    @Test
    void effectiveValuesComeInTheDescriptorsOrder() {
        assertThat(COOLING.effective(Map.of("steps", 5, "lr", 0.25)).keySet())
                .containsExactly(
                        "lr", "keep", "steps", "total", "shape", "restart", "names", "layers", "ranks", "targets");
    }

    @Test
    void undescribedClassesAreNoMethods() {
        assertThatThrownBy(() -> MethodDescriptor.of(String.class, Cooling.Params.class))
                .hasMessageContaining("has no @Method");
        assertThatThrownBy(() -> MethodDescriptor.of(Cooling.class, Undescribed.class))
                .hasMessageContaining("bare has no @Param");
        assertThatThrownBy(() -> MethodDescriptor.of(Cooling.class, Strange.class))
                .hasMessageContaining("cannot be a parameter's type");
    }

    record Undescribed(double bare) {}

    record Strange(@Param(doc = "a thread") Thread thread) {}
}
