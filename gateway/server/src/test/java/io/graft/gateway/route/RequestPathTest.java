package io.graft.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.gateway.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestPathTest {
    @Test
    void segmentsAreDecodedOnce() {
        assertThat(RequestPath.parse("/v1/a%20b/%C3%A9+:go"))
                .isEqualTo(new RequestPath(List.of("v1", "a b", "é+"), "go"));
    }

    @Test
    void theLastColonOfTheLastSegmentBeginsAVerb() {
        assertThat(RequestPath.parse("/v1/a:b/c").verb()).isEmpty();
        assertThat(RequestPath.parse("/v1/a%3Ab")).isEqualTo(RequestPath.parse("/v1/a:b"));
        assertThat(RequestPath.parse("/v1/a:b:c")).isEqualTo(new RequestPath(List.of("v1", "a:b"), "c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1",
                "/",
                "//",
                "/v1/",
                "/v1/.",
                "/v1/..",
                "/v1/%2E%2e",
                "/a%2fb",
                "/a%5cb",
                "/a\\b",
                "/%2500",
                "/%00",
                "/%7F",
                "/%",
                "/%1",
                "/%zz",
                "/%C3",
                "/%ED%A0%80",
                "/é",
                "/a b",
                "/a:",
                "/:a",
                "/a:%2f"
            })
    void whatCouldBeReadInTwoWaysIsRefused(String raw) {
        assertThatThrownBy(() -> RequestPath.parse(raw))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(400));
    }
}
