package io.graft.platform.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.resource.ResourceName.JobName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenants/default",
                "tenants/default/jobs/graft-1",
                "tenants/default/uploads/u.1",
                "tenants/t/models/e5_small",
                "tenants/t/models/e5/versions/12",
                "tenants/t/models/e5/aliases/champion",
                "tenants/t/datasets/d",
                "tenants/t/datasets/d/versions/1"
            })
    void readsWhatItWrites(String name) {
        assertThat(ResourceName.parse("name", name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tenants",
                "tenants/",
                "jobs/a",
                "tenants/default/jobs",
                "tenants/default/jobs/",
                "tenants/default/jobs/../x",
                "tenants/../jobs/x",
                "tenants/default/jobs/A",
                "tenants/default/jobs/a%2fb",
                "tenants/default/jobs/a/b/c",
                "tenants/default/jobs/-a",
                "tenants/t/models/e5/versions/0",
                "tenants/t/models/e5/versions/01",
                "tenants/t/models/e5/versions/99999999999999999999",
                "tenants/t/models/e5/tags/x",
                "/tenants/default"
            })
    void refusesWhatIsNoName(String name) {
        assertThatThrownBy(() -> ResourceName.parse("name", name))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void refusesANameOfAnotherTypeAndShowsTheRightOne() {
        assertThatThrownBy(() -> ResourceName.parse("job", "tenants/default/models/m", JobName.class))
                .hasMessageContaining("job: ")
                .hasMessageContaining("tenants/{tenant}/jobs/{job}");
    }

    @Test
    void showsNoMoreThanTheBeginningOfALongName() {
        assertThatThrownBy(() -> ResourceName.parse("job", "x".repeat(5000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    }
}
