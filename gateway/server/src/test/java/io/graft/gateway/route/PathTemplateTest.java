package io.graft.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "/v1/{name=tenants/*/jobs/*},           /v1/tenants/t/jobs/j,          name, tenants/t/jobs/j",
        "/v1/{name=tenants/*/jobs/*}:cancel,    /v1/tenants/t/jobs/j:cancel,   name, tenants/t/jobs/j",
        "/v1/{parent=tenants/*}/jobs:submit,    /v1/tenants/t/jobs:submit,     parent, tenants/t",
        "/v1/{alias.name=tenants/*/aliases/*},  /v1/tenants/t/aliases/a,       alias.name, tenants/t/aliases/a",
        "/v1/{id},                              /v1/x,                         id, x",
        "/v1/{path=files/**},                   /v1/files/a/b,                 path, files/a/b",
        "/v1/{path=files/**},                   /v1/files,                     path, files",
    })
    void aVariableTakesItsSegments(String pattern, String path, String field, String value) {
        assertThat(PathTemplate.parse(pattern).match(RequestPath.parse(path))).contains(Map.of(field, value));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/{name=tenants/*/jobs/*},         /v1/tenants/t/jobs/j:cancel",
        "/v1/{name=tenants/*/jobs/*}:cancel,  /v1/tenants/t/jobs/j",
        "/v1/{name=tenants/*/jobs/*},         /v1/tenants/t/jobs",
        "/v1/{name=tenants/*/jobs/*},         /v1/tenants/t/jobs/j/k",
        "/v1/{name=tenants/*/jobs/*},         /v1/tenants/t/models/j",
        "/v1/{path=files/**},                 /v1/other/a",
    })
    void anotherPathDoesNotFit(String pattern, String path) {
        assertThat(PathTemplate.parse(pattern).match(RequestPath.parse(path))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "/v1/{name", "/v1//x", "/v1/{a=**}/x", "/v1/{a=}x"})
    void aMalformedPatternIsRefused(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> PathTemplate.parse(pattern));
    }

    @Test
    void severalVariables() {
        PathTemplate template = PathTemplate.parse("/v1/{a=x/*}/{b}");
        assertThat(template.match(RequestPath.parse("/v1/x/1/2"))).contains(Map.of("a", "x/1", "b", "2"));
    }
}
