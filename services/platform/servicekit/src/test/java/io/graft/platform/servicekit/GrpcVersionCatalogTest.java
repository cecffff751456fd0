package io.graft.platform.servicekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.grpc.CallerForwarding;
import io.graft.platform.registry.GrpcVersionCatalog;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GrpcVersionCatalogTest {
    private static final String BASE = KnownVersions.name("base");

    private final ScriptedRegistry registry = new ScriptedRegistry(KnownVersions.standard());
    private final GrpcVersionCatalog catalog =
            GrpcVersionCatalog.connect(registry.endpoint(), Duration.ofSeconds(20), new CallerForwarding());

    @AfterEach
    void disconnect() {
        catalog.close();
        registry.close();
    }

    @Test
    void findsVersionsAndAllTheirTensors() {
        assertThat(catalog.resolve(BASE)).isEqualTo(KnownVersions.sound("base").build());
        assertThat(catalog.dataset(KnownVersions.datasetName("reviews")))
                .isEqualTo(KnownVersions.reviews().build());
        assertThat(catalog.tensors(BASE)).isEqualTo(KnownVersions.soundTensors());
    }

    @Test
    void carriesTheTraceAlong() {
        catalog.resolve(BASE);
        assertThat(registry.headers()).singleElement().satisfies(headers -> {
            assertThat(headers.get(key("traceparent"))).startsWith("00-");
            assertThat(headers.get(key("x-request-id"))).isNotBlank();
        });
    }

    @Test
    void passesOnWhyTheRegistryRefuses() {
        GraftException refusal = refusal(() -> catalog.resolve(KnownVersions.name("absent")));
        assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal).hasMessageContaining("absent/versions/1 does not exist");
        assertThat(refusal.metadata()).containsEntry("version", "it").doesNotContainKey("request_id");
    }

    @Test
    void triesAgainWhenTheRegistryIsUnavailable() {
        registry.failWith(Status.UNAVAILABLE);
        assertThat(catalog.resolve(BASE).getName()).isEqualTo(BASE);
        assertThat(registry.headers()).hasSize(2);
    }

    @Test
    void givesUpOnOtherFailuresAtOnce() {
        registry.failWith(Status.INTERNAL);
        assertThat(refusal(() -> catalog.resolve(BASE)).code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(registry.headers()).hasSize(1);
    }

    @Test
    void saysWhenTheRegistryIsAway() {
        String endpoint = registry.endpoint();
        registry.close();
        try (GrpcVersionCatalog brief =
                GrpcVersionCatalog.connect(endpoint, Duration.ofMillis(300), new CallerForwarding())) {
            assertThat(refusal(() -> brief.resolve(BASE)).code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
        }
    }

    private static GraftException refusal(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(GraftException.class, call), "was not refused");
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
