package io.graft.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {
    @Test
    void comesBackAsItWas() {
        PageToken token = new PageToken("17 tenants/default/jobs/a\nb");

        assertThat(PageToken.decode(token.encode("list"), "list")).isEqualTo(token);
    }

    @Test
    void belongsToOneList() {
        String token = new PageToken("17").encode("tenants/a");

        assertRefused(token, "tenants/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "%%%", "AAAA", "Zm9v"})
    void refusesForgeries(String token) {
        assertRefused(token, "list");
    }

    @Test
    void boundsThePageSize() {
        assertThat(PageToken.size(0)).isEqualTo(50);
        assertThat(PageToken.size(7)).isEqualTo(7);
        assertThat(PageToken.size(5000)).isEqualTo(1000);
        assertThatThrownBy(() -> PageToken.size(-1))
                .isInstanceOfSatisfying(
                        GraftException.class,
                        e -> assertThat(e.violations())
                                .singleElement()
                                .satisfies(bad -> assertThat(bad.field()).isEqualTo("page_size")));
    }

    private static void assertRefused(String token, String list) {
        assertThatThrownBy(() -> PageToken.decode(token, list))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PAGE_TOKEN));
    }
}
