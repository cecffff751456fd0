package io.graft.gateway.openapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.graft.gateway.route.RouteTable;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenApiTest {
    private final RouteTable routes = RouteTable.graft();
    private final JsonObject document = OpenApi.of(routes, Comments.load());
    private final SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(document.toString(), null, null);
    private final OpenAPI api = parsed.getOpenAPI();

    @Test
    void itIsValidOpenApi() {
        assertThat(parsed.getMessages()).isEmpty();
        assertThat(api.getOpenapi()).isEqualTo("3.1.0");
    }

    @Test
    void everyBindingIsOneOperationWithItsOwnId() {
        List<String> ids = operations().stream().map(Operation::getOperationId).toList();
        assertThat(ids)
                .hasSize(routes.bindings().size())
                .doesNotHaveDuplicates()
                .contains("GetModelVersion", "GetModelVersion2", "SubmitGraft");
    }

    @Test
    void everythingIsDescribed() {
        assertThat(operations()).allSatisfy(operation -> {
            assertThat(operation.getDescription())
                    .as(operation.getOperationId())
                    .isNotBlank();
            assertThat(operation.getResponses()).containsKeys("200", "default");
            assertThat(operation.getParameters())
                    .filteredOn(parameter -> parameter.get$ref() == null)
                    .allSatisfy(
                            parameter -> assertThat(parameter.getDescription()).isNotBlank());
        });
        assertThat(api.getComponents().getSchemas()).allSatisfy((name, schema) -> {
            assertThat(schema.getDescription()).as(name).isNotBlank();
            if (schema.getProperties() != null) {
                assertThat(schema.getProperties())
                        .allSatisfy((field, property) -> assertThat(
                                        ((io.swagger.v3.oas.models.media.Schema<?>) property).getDescription())
                                .as(name + "." + field)
                                .isNotBlank());
            }
        });
    }

    @Test
    void aPathHasOneParameterASegment() {
        Operation cancel = path("/v1/tenants/{tenant}/jobs/{job}:cancel").getPost();
        assertThat(cancel.getParameters()).extracting(Parameter::getName).containsExactly("tenant", "job");
        assertThat(requireNonNull(cancel.getRequestBody().getContent().get("application/json"))
                        .getSchema()
                        .getProperties())
                .containsOnlyKeys("validateOnly", "etag");
    }

    @Test
    void queryParametersAreTheFieldsThatNothingElseTakes() {
        Operation create = path("/v1/tenants/{tenant}/models").getPost();
        assertThat(create.getParameters())
                .extracting(Parameter::getName)
                .containsExactly("tenant", "modelId", "requestId", "validateOnly");
        assertThat(create.getParameters().get(1).getRequired()).isTrue();
    }

    @Test
    void aStreamIsServerSentEvents() {
        Operation watch = path("/v1/tenants/{tenant}/jobs/{job}:watch").getGet();
        assertThat(requireNonNull(watch.getResponses().get("200")).getContent()).containsOnlyKeys("text/event-stream");
        assertThat(watch.getParameters())
                .extracting(Parameter::get$ref)
                .contains("#/components/parameters/LastEventId");
    }

    @Test
    void sixtyFourBitIntegersAreStringsAndTimesHaveAFormat() {
        JsonObject job = document.getAsJsonObject("components")
                .getAsJsonObject("schemas")
                .getAsJsonObject("Job");
        JsonObject fields = job.getAsJsonObject("properties");
        assertThat(fields.getAsJsonObject("sequence").get("type").getAsString()).isEqualTo("string");
        assertThat(fields.getAsJsonObject("createTime").get("format").getAsString())
                .isEqualTo("date-time");
        assertThat(fields.getAsJsonObject("labels").has("additionalProperties")).isTrue();
    }

    private PathItem path(String path) {
        return requireNonNull(api.getPaths().get(path), path);
    }

    private List<Operation> operations() {
        return api.getPaths().values().stream()
                .flatMap(item -> item.readOperations().stream())
                .toList();
    }
}
