package io.graft.gateway.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.HttpRule;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.graft.gateway.problem.FieldViolation;
import io.graft.gateway.problem.Problem;
import io.graft.gateway.problem.ProblemException;
import io.graft.gateway.route.Route;
import io.graft.gateway.route.RouteTable;
import io.graft.gateway.route.TestApi;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RequestReaderTest {
    private static final HttpRule GET =
            HttpRule.newBuilder().setGet("/v2/{name=jobs/*}").build();
    private static final HttpRule PUT =
            HttpRule.newBuilder().setPut("/v2/{name=jobs/*}").setBody("*").build();
    private static final HttpRule POST_FIELD = HttpRule.newBuilder()
            .setPost("/v2/{progress.stage=*}/x")
            .setBody("progress")
            .build();

    private final RequestReader reader = new RequestReader(ProtoJson.of(RouteTable.graft()));

    @Test
    void aQuerySetsScalarsListsEnumsTimesAndNestedFields() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("state", List.of("JOB_STATE_RUNNING"));
        query.put("inputs", List.of("a", "b"));
        query.put("createTime", List.of("2026-01-02T03:04:05Z"));
        query.put("sequence", List.of("9007199254740993"));
        query.put("progress.step", List.of("3"));
        query.put("progress.eta", List.of("1.5s"));
        query.put("failure.reason", List.of("FAILURE_REASON_DATA"));
        assertThat(read(GET, "jobs/1", query, "")).isEqualTo("""
                        name: "jobs/1" state: JOB_STATE_RUNNING create_time { seconds: 1767323045 } \
                        progress { step: 3 eta { seconds: 1 nanos: 500000000 } } failure { reason: FAILURE_REASON_DATA } \
                        inputs: "a" inputs: "b" sequence: 9007199254740993""");
    }

    @Test
    void whatAQueryCantSetIsRefusedTogether() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("attempt", List.of("1", "2"));
        query.put("page", List.of("1"));
        query.put("name", List.of("jobs/2"));
        query.put("labels", List.of("x"));
        query.put("progress", List.of("x"));
        assertThat(refusal(GET, "jobs/1", query, "").fieldViolations())
                .extracting(FieldViolation::field)
                .containsExactly("page");
        query.remove("page");
        assertThat(refusal(GET, "jobs/1", query, "").fieldViolations())
                .extracting(FieldViolation::field)
                .containsExactly("attempt", "name", "labels", "progress");
    }

    @Test
    void bothSpellingsOfAParameterAreOneField() {
        Map<String, List<String>> query = Map.of("request_id", List.of("a"), "requestId", List.of("b"));
        assertThat(refusal(GET, "jobs/1", query, "").fieldViolations())
                .extracting(FieldViolation::field)
                .containsExactly("request_id");
    }

    @Test
    void everyBadValueIsNamedWithItsPath() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("state", List.of("NO_STATE"));
        query.put("attempt", List.of("one"));
        query.put("endTime", List.of("yesterday"));
        assertThat(refusal(GET, "jobs/1", query, "").fieldViolations())
                .extracting(FieldViolation::field)
                .containsExactly("state", "attempt", "end_time");
        String body = "{\"attempt\":\"x\",\"progress\":{\"metrics\":{\"x\":\"y\"},\"step\":1.5},\"inputs\":{\"a\":1}}";
        assertThat(refusal(PUT, "jobs/1", Map.of(), body).fieldViolations())
                .extracting(FieldViolation::field)
                .containsExactly("attempt", "progress.metrics", "progress.step", "inputs");
    }

    @Test
    void aValueIsNotBentIntoAnotherType() {
        String body = """
                {"kind":5,"etag":["e"],"inputs":["a",{},2],"labels":{"k":[1]},"attempt":[1],"createTime":{}}""";
        assertThat(refusal(PUT, "jobs/1", Map.of(), body).fieldViolations())
                .extracting(FieldViolation::field)
                .containsExactly("kind", "etag", "inputs[1]", "inputs[2]", "labels.k", "attempt", "create_time");
    }

    @Test
    void unknownKeysAreFoundInListsMapsAndPackedMessages() {
        String body = """
                {"spec":{"@type":"type.googleapis.com/graft.v1.GraftSpec","lamda":1,"source":{"x":1}},
                 "progress":{"metrics":{"free":1},"y":1},"estimate":{"z":[{}]}}""";
        Problem problem = refusal(PUT, "jobs/1", Map.of(), body);
        assertThat(problem.reason()).isEqualTo("UNKNOWN_FIELD");
        assertThat(problem.fieldViolations())
                .extracting(FieldViolation::field)
                .containsExactly("spec.lamda", "spec.source.x", "progress.y", "estimate.z");
    }

    @Test
    void aPathVariableInsideTheBodyMayBeRepeatedButNotContradicted() {
        assertThat(read(POST_FIELD, "pull", Map.of(), "{\"stage\":\"pull\",\"step\":2}"))
                .isEqualTo("progress { stage: \"pull\" step: 2 }");
        assertThat(read(POST_FIELD, "pull", Map.of("kind", List.of("graft")), ""))
                .isEqualTo("kind: \"graft\" progress { stage: \"pull\" }");
        assertThat(refusal(POST_FIELD, "pull", Map.of(), "{\"stage\":\"push\"}").fieldViolations())
                .extracting(FieldViolation::field)
                .containsExactly("progress.stage");
        assertThat(refusal(POST_FIELD, "pull", Map.of(), "[1]").detail()).contains("progress");
        assertThat(refusal(POST_FIELD, "pull", Map.of("progress.step", List.of("1")), "")
                        .detail())
                .contains("goes into the body");
    }

    @Test
    void hostileJsonIsRefused() {
        String deep = "{\"spec\":".repeat(70) + "1" + "}".repeat(70);
        for (String body : List.of(
                deep, "{\"sequence\":1e999999999}", "{\"a\":NaN}", "{,}", "{\"a\":1", "\u0000", "{\"name\":'x'}")) {
            assertThat(refusal(PUT, "jobs/1", Map.of(), body).detail()).as(body).contains("not JSON");
        }
    }

    @Test
    void numbersKeepTheirDigits() {
        assertThat(read(
                        PUT,
                        "jobs/1",
                        Map.of(),
                        "{\"sequence\":9007199254740993,\"progress\":{\"metrics\":{\"m\":0.1}}}"))
                .contains("sequence: 9007199254740993", "value: 0.1");
    }

    private String read(HttpRule rule, String variable, Map<String, List<String>> query, String body) {
        Message message = reader.read(route(rule, variable), query, body);
        return TextFormat.printer()
                .emittingSingleLine(true)
                .printToString(message)
                .strip();
    }

    private Problem refusal(HttpRule rule, String variable, Map<String, List<String>> query, String body) {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> reader.read(route(rule, variable), query, body));
        assertThat(refused).isNotNull();
        assertThat(refused.problem().status()).isEqualTo(400);
        return refused.problem();
    }

    private static Route.Found route(HttpRule rule, String value) {
        String field = rule.equals(POST_FIELD) ? "progress.stage" : "name";
        return new Route.Found(TestApi.binding("graft.v1.Job", rule), Map.of(field, value));
    }
}
