package io.graft.pipelines.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The published schema says what the parser asks for. */
final class SchemaReferenceTest {
    private static final Path PAGE = Path.of("../../docs/reference/pipeline.schema.json");

    @Test
    void theSchemaIsWhatTheParserGoesBy() throws IOException {
        String schema = JsonSchema.text();
        if (Boolean.getBoolean("graft.reference.write")) {
            Files.writeString(PAGE, schema);
        }
        assertThat(PAGE).content().isEqualTo(schema);
    }

    @Test
    void namesEveryKeyWithItsMeaning() {
        JsonObject schema = JsonParser.parseString(JsonSchema.text()).getAsJsonObject();
        JsonObject step =
                schema.getAsJsonObject("$defs").getAsJsonObject("steps").getAsJsonObject("items");
        assertThat(step.getAsJsonArray("oneOf")).hasSize(5);
        assertThat(step.get("additionalProperties").getAsBoolean()).isFalse();
        step.getAsJsonObject("properties")
                .entrySet()
                .forEach(property -> assertThat(property.getValue()
                                .getAsJsonObject()
                                .get("description")
                                .getAsString())
                        .endsWith("."));
        assertThat(step.getAsJsonObject("properties").keySet()).contains("each", "compensate", "retries");
    }
}
