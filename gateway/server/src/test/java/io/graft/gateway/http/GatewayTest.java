package io.graft.gateway.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.graft.gateway.peer.PeerServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeerServer.class)
final class GatewayTest {
    private static final String TENANT = "/v1/tenants/default";

    @Test
    void aResourceNameComesFromThePath() {
        get(TENANT + "/jobs/j1")
                .statusCode(200)
                .contentType("application/json")
                .body("name", equalTo("tenants/default/jobs/j1"))
                .body("sequence", equalTo("9007199254740993"))
                .body("spec.'@type'", equalTo("type.googleapis.com/graft.v1.GraftSpec"))
                .body("spec.lambda", equalTo(0.5f))
                .body("outputs", hasSize(0));
    }

    @Test
    void additionalBindingsReachTheSameRpc() {
        get(TENANT + "/models/m/aliases/base:resolve")
                .statusCode(200)
                .body("name", equalTo("tenants/default/models/m/aliases/base"));
    }

    @Test
    void queryParametersTakeBothSpellings() {
        get(TENANT + "/models?page_size=7&filter=labels.a%20%3D%20%22x+y%22")
                .statusCode(200)
                .body("models[0].labels.page_size", equalTo("7"))
                .body("models[0].labels.filter", equalTo("labels.a = \"x y\""));
        get(TENANT + "/models?pageSize=8").body("models[0].labels.page_size", equalTo("8"));
    }

    @Test
    void aBodyThatIsOneFieldLeavesTheOthersToTheQuery() {
        json("{\"description\":\"d\",\"labels\":{\"a\":\"b\"}}")
                .post(TENANT + "/models?modelId=m1&requestId=r&validateOnly=true")
                .then()
                .statusCode(200)
                .body("name", equalTo("tenants/default/models/m1"))
                .body("description", equalTo("d"))
                .body("labels.a", equalTo("b"))
                .body("etag", equalTo("r/true"));
    }

    @Test
    void aNestedPathVariableJoinsTheBody() {
        json("{\"version\":\"tenants/default/models/m/versions/1\"}")
                .put(TENANT + "/models/m/aliases/base")
                .then()
                .statusCode(200)
                .body("name", equalTo("tenants/default/models/m/aliases/base"))
                .body("version", equalTo("tenants/default/models/m/versions/1"));
    }

    @Test
    void aVerbNeedsNoBody() {
        base().post(TENANT + "/jobs/j1:cancel").then().statusCode(200).body("name", equalTo("tenants/default/jobs/j1"));
    }

    @Test
    void everyUnknownFieldIsNamed() {
        json("{\"spec\":{\"lamda\":1,\"target\":\"t\",\"source\":{\"bas\":\"x\"}},\"nope\":[1]}")
                .post(TENANT + "/jobs:submitGraft")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("reason", equalTo("UNKNOWN_FIELD"))
                .body("fieldViolations.field", equalTo(List.of("spec.lamda", "spec.source.bas", "nope")))
                .body("fieldViolations[0].description", containsString("maxShardBytes"));
    }

    @Test
    void everyUnknownParameterIsNamed() {
        problem(get(TENANT + "/models?pagesize=1&x.y=2&filter=a"), 400, "UNKNOWN_FIELD")
                .body("fieldViolations.field", equalTo(List.of("pagesize", "x.y")));
    }

    @Test
    void parametersBesideAWholeBodyAreRefused() {
        problem(json("{}").post(TENANT + "/jobs:submitGraft?validateOnly=true").then(), 400, "UNKNOWN_FIELD")
                .body("fieldViolations.field", equalTo(List.of("validateOnly")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"spec\":{},\"spec\":{}}|given twice",
                "{\"requestId\":\"a\",\"request_id\":\"b\"}|both spellings",
                "{\"spec\":{\"lambda\":\"big\",\"maxShardBytes\":1.5}}|spec.max_shard_bytes",
                "{\"parent\":\"tenants/other\"}|differs from the URL",
                "{'spec':{}}|not JSON",
                "{} {}|not JSON",
                "[]|must be a JSON object",
                "{\"spec\":{\"diff\":\"d\",\"source\":{}}}|together with",
            })
    void aBodyThatCanBeReadInTwoWaysIsRefused(String body, String said) {
        problem(json(body).post(TENANT + "/jobs:submitGraft").then(), 400, "INVALID_REQUEST")
                .body("detail", containsString(said));
    }

    @Test
    void aBodyOfMoreThanFourMebibytesIsRefused() {
        String path = TENANT + "/jobs:submitGraft";
        problem(json("{}" + " ".repeat(4 << 20)).post(path).then(), 413, "BODY_TOO_LARGE");
        json("{}" + " ".repeat((4 << 20) - 2)).post(path).then().statusCode(200);
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() {
        problem(
                base().contentType("text/plain")
                        .body("{}")
                        .post(TENANT + "/jobs:submitGraft")
                        .then(),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void aBodyWhereThereIsNoneIsRefused() {
        problem(json("{\"a\":1}").get(TENANT + "/jobs/j1").then(), 400, "INVALID_REQUEST");
    }

    @Test
    void anotherVerbIsToldWhichOnesExist() {
        problem(base().delete(TENANT + "/models").then(), 405, "METHOD_NOT_ALLOWED")
                .header("Allow", "GET, POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/nothing",
                "/v2/tenants/default/jobs",
                "/",
                "/v1/tenants/default/jobs/a/b",
                "/v1/tenants/default/jobs/j1:explode"
            })
    void anUnknownPathIsAProblemToo(String path) {
        problem(get(path), 404, "NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/tenants/default/jobs/a%2Fb",
                "/v1/tenants/default/jobs/a%2f..%2fb",
                "/v1/tenants/default/jobs/a%5Cb",
                "/v1/tenants/default/jobs/%252e%252e",
                "/v1/tenants/default/jobs/a%00b",
                "/v1/tenants/default/jobs/%C0%AE",
                "/v1/tenants/default/jobs/a%2",
                "/v1/tenants/default/jobs/a\\b",
                "/v1/tenants/default/models//versions",
                "/v1/tenants/default/../other/jobs/j1",
                "/v1/tenants/default/%2e%2e/other/jobs/j1",
            })
    void aPathThatCouldBeReadInTwoWaysIsRefused(String path) {
        assertThat(RawHttp.get(RestAssured.port, path)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void theCallersHeadersReachTheService() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer abc")
                .header("x-request-id", "my-request")
                .header("traceparent", trace)
                .header("Cookie", "a=b")
                .get(TENANT + "/models/headers")
                .then()
                .statusCode(200)
                .header("x-request-id", "my-request")
                .body("labels.authorization", equalTo("Bearer abc"))
                .body("labels.'x-request-id'", equalTo("my-request"))
                .body("labels.traceparent", equalTo(trace))
                .body("labels", not(hasKey("cookie")));
    }

    @Test
    void aCallWithoutTokenIsTheServicesToJudge() {
        given().get(TENANT + "/models/headers").then().statusCode(200).body("labels", not(hasKey("authorization")));
    }

    @Test
    void aServicesErrorKeepsItsWords() {
        ValidatableResponse refused = problem(get(TENANT + "/jobs/refused"), 400, "INVALID_REQUEST")
                .body("type", equalTo("urn:graft:reason:INVALID_REQUEST"))
                .body("title", equalTo("Invalid request"))
                .body("detail", equalTo("two bad fields"))
                .body("domain", equalTo("peer.test"))
                .body("metadata.tensor", equalTo("w"))
                .body("fieldViolations.field", equalTo(List.of("a", "b")));
        String id = refused.extract().header("x-request-id");
        assertThat(refused.extract().<String>path("requestId")).isEqualTo(id).isNotEmpty();
    }

    @Test
    void aRefusedTokenIsChallenged() {
        problem(get(TENANT + "/jobs/intruder"), 401, "UNAUTHENTICATED")
                .header("WWW-Authenticate", "Bearer realm=\"graft\", error=\"invalid_token\"");
    }

    @Test
    void theTimeToWaitIsPassedOn() {
        problem(get(TENANT + "/jobs/busy"), 429, "DISK_SPACE")
                .header("Retry-After", "8")
                .body("details", hasSize(1));
    }

    @Test
    void onlyUnavailableIsTriedAgain() {
        get(TENANT + "/jobs/flaky").statusCode(200);
    }

    @Test
    void aCallThatTakesTooLongEnds() {
        problem(get(TENANT + "/jobs/silent"), 504, "DEADLINE_EXCEEDED");
    }

    @Test
    void aServicesCrashShowsNothing() {
        problem(get(TENANT + "/jobs/broken"), 500, "UNKNOWN").body(not(containsString("secret")));
    }

    @Test
    void everyAnswerIsInertInABrowser() {
        for (String path : new String[] {TENANT + "/jobs/j1", "/openapi.json", "/q/health", "/nowhere"}) {
            get(path)
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Content-Security-Policy", startsWith("default-src 'none'"))
                    .header("Access-Control-Allow-Origin", nullValue());
        }
    }

    @Test
    void healthAndMetricsAreServed() {
        get(TENANT + "/jobs/j1").statusCode(200);
        get("/q/health/ready").statusCode(200).body("checks.name", hasItem("gateway-upstream"));
        String metrics =
                base().get("/q/metrics").then().statusCode(200).extract().asString();
        System.err.println(metrics);
        assertThat(metrics).contains("http_server_requests_seconds").doesNotContain("jobs/j1");
    }

    private static ValidatableResponse get(String path) {
        return base().get(path).then();
    }

    private static RequestSpecification json(String body) {
        return base().contentType("application/json").body(body);
    }

    private static RequestSpecification base() {
        return given().urlEncodingEnabled(false).header("Authorization", "Bearer token");
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String reason) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("reason", equalTo(reason))
                .body("status", equalTo(status));
    }
}
