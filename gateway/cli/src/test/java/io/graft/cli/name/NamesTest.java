package io.graft.cli.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.cli.failure.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private final Names names = new Names("lab");

    @ParameterizedTest
    @CsvSource({
        "bge-small-en/3, tenants/lab/models/bge-small-en/versions/3",
        "bge-small-en@base, tenants/lab/models/bge-small-en/aliases/base",
        "models/bge/versions/3, tenants/lab/models/bge/versions/3",
        "models/bge/aliases/base, tenants/lab/models/bge/aliases/base",
        "tenants/other/models/bge/versions/3, tenants/other/models/bge/versions/3"
    })
    void versionsHaveShortForms(String text, String name) {
        assertThat(names.version(text)).isEqualTo(name);
        assertThat(names.anyVersion(text)).isEqualTo(name);
    }

    @Test
    void everyKindOfNameIsFilledIn() {
        assertThat(names.tenant()).isEqualTo("tenants/lab");
        assertThat(names.model("bge-small-en-v1.5")).isEqualTo("tenants/lab/models/bge-small-en-v1.5");
        assertThat(names.model("models/bge")).isEqualTo("tenants/lab/models/bge");
        assertThat(names.alias("bge@base")).isEqualTo("tenants/lab/models/bge/aliases/base");
        assertThat(names.job("graft-1")).isEqualTo("tenants/lab/jobs/graft-1");
        assertThat(names.job("tenants/x/jobs/graft-1")).isEqualTo("tenants/x/jobs/graft-1");
        assertThat(names.dataset("sms")).isEqualTo("tenants/lab/datasets/sms");
        assertThat(names.datasetVersion("sms/2")).isEqualTo("tenants/lab/datasets/sms/versions/2");
        assertThat(names.anyVersion("datasets/sms/versions/2")).isEqualTo("tenants/lab/datasets/sms/versions/2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bge",
                "bge/0",
                "bge/03",
                "bge/latest",
                "bge@",
                "@base",
                "Bge/1",
                "../bge/1",
                "bge/1/2",
                "models/bge",
                "tenants/lab/models/bge",
                "tenants/lab/jobs/a",
                ""
            })
    void whatNamesNoVersionIsUsage(String text) {
        assertThatThrownBy(() -> names.version(text))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("'" + text + "' is not the name of")
                .hasMessageContaining("bge-small-en@base");
    }

    @ParameterizedTest
    @CsvSource({
        "tenants/lab/models/bge/versions/3, bge/3",
        "tenants/lab/models/bge/aliases/base, bge@base",
        "tenants/lab/models/bge, bge",
        "tenants/lab/jobs/graft-1, graft-1",
        "tenants/lab/datasets/sms/versions/2, tenants/lab/datasets/sms/versions/2"
    })
    void briefNamesCanBeReadBack(String name, String brief) {
        assertThat(Names.brief(name)).isEqualTo(brief);
    }
}
