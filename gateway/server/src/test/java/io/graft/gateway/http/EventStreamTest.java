package io.graft.gateway.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.graft.gateway.peer.PeerServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PeerServer.class)
final class EventStreamTest {
    private static final String JOBS = "/v1/tenants/default/jobs/";
    private static final int FLOOD = 5_000;

    @Test
    void eventsCarryTheirSequenceTypeAndJson() {
        Response answer = given().get(JOBS + "short:watch");
        answer.then().statusCode(200).contentType("text/event-stream").header("Cache-Control", "no-store");
        assertThat(events(answer.asString()))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("id: 1\nevent: JobEvent\ndata: {\"job\":\"tenants/default/jobs/short\"");
    }

    @Test
    void aStreamGoesOnAfterTheLastEventReceived() {
        String body = given().header("Last-Event-ID", "2")
                .get(JOBS + "short:watch?fromSequence=1")
                .asString();
        assertThat(events(body)).singleElement().asString().startsWith("id: 3\n");
        assertThat(events(given().get(JOBS + "short:watch?from_sequence=1").asString()))
                .hasSize(2);
    }

    @Test
    void aClientThatHasEverythingIsToldNotToComeBack() {
        given().header("Last-Event-ID", "3").get(JOBS + "short:watch").then().statusCode(204);
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        given().header("Last-Event-ID", "abc")
                .get(JOBS + "short:watch")
                .then()
                .statusCode(400)
                .body("fieldViolations[0].field", equalTo("Last-Event-ID"));
    }

    @Test
    void aRefusalBeforeTheFirstEventIsAnOrdinaryProblem() {
        given().get(JOBS + "missing:watch")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("reason", equalTo("NOT_FOUND"));
    }

    @Test
    void aFailureAfterItIsAnEvent() {
        List<String> events = events(given().get(JOBS + "doomed:watch").asString());
        assertThat(events).hasSize(2);
        assertThat(events.get(1)).startsWith("event: problem\ndata: {").contains("DIGEST_MISMATCH", "history damaged");
    }

    @Test
    void aQuietStreamBeatsAndEndsUpstreamWhenTheClientLeaves() throws IOException {
        int before = count("cancelled");
        try (Socket socket = RawHttp.open(RestAssured.port, JOBS + "quiet:watch");
                BufferedReader lines = reader(socket)) {
            assertThat(lines.lines().filter(line -> line.equals(": heartbeat")).limit(2))
                    .hasSize(2);
        }
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(count("cancelled")).isEqualTo(before + 1));
    }

    @Test
    void aClientThatStopsReadingHoldsTheServiceBackAndIsDropped() throws IOException {
        int cancelled = count("cancelled");
        int sent = count("sent");
        try (Socket _ = RawHttp.open(RestAssured.port, JOBS + "flood:watch")) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(count("cancelled")).isEqualTo(cancelled + 1));
        }
        assertThat(count("sent") - sent).isPositive().isLessThan(FLOOD);
    }

    @Test
    void aClientThatReadsGetsEveryEventInOrder() throws IOException {
        try (Socket socket = RawHttp.open(RestAssured.port, JOBS + "flood:watch");
                BufferedReader lines = reader(socket)) {
            List<Integer> ids = lines.lines()
                    .filter(line -> line.startsWith("id: "))
                    .map(line -> Integer.parseInt(line.substring(4)))
                    .toList();
            assertThat(ids).hasSize(FLOOD).isSorted().doesNotHaveDuplicates();
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static List<String> events(String body) {
        return Arrays.stream(body.split("\n\n", -1))
                .filter(frame -> frame.contains("data: "))
                .toList();
    }

    private static int count(String what) {
        return Integer.parseInt(given().get("/v1/tenants/default/models/counts").path("labels." + what));
    }
}
