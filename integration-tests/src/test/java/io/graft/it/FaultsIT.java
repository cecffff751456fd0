package io.graft.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is killed, and whenever: one job, one version with the digest it would have had, and nothing left behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultsIT {
    private final GraftStack stack = SharedStack.get();
    private final RestClient rest = stack.rest();
    private final StoredObjects objects = new StoredObjects(stack);
    private final String prefix = "fault-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Object> spec = new HashMap<>();
    private String undisturbed = "";

    @BeforeAll
    void graftUndisturbed() {
        String base = rest.upload(prefix + "-base", TinyModel.random(11));
        String tuned = rest.upload(prefix + "-tuned", TinyModel.random(12));
        String target = rest.upload(prefix + "-target", TinyModel.random(13));
        spec.put("source", Map.of("base", base, "finetuned", tuned));
        spec.put("target", target);
        JsonPath ended = rest.awaitEnd(rest.submitGraft(into("undisturbed"), prefix + "-undisturbed"));
        assertThat(ended.getString("state")).as(ended.prettify()).isEqualTo("JOB_STATE_SUCCEEDED");
        undisturbed = rest.version(ended.getString("outputs[0]")).getString("digest");
    }

    @AfterAll
    void restoreServices() {
        stack.killServices();
        stack.startServices(Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEFORE_UPLOAD", "AFTER_OBJECT", "BEFORE_MANIFEST", "AFTER_MANIFEST"})
    void aWorkerKilledInTheCommitProtocol(String step) {
        stack.killServices();
        stack.startServices(Map.of("graft.worker.environment.GRAFT_FAILPOINT", step + "@1"));
        String name = "worker-" + step.toLowerCase(Locale.ROOT).replace('_', '-');
        String job = rest.submitGraft(into(name), prefix + "-" + name);
        assertEndsLikeTheUndisturbed(job, name);
        boolean committedBeforeItDied = step.equals("AFTER_MANIFEST");
        assertThat(rest.job(job).getInt("attempt")).isEqualTo(committedBeforeItDied ? 1 : 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JOB_STATE_QUEUED", "JOB_STATE_LAUNCHING", "JOB_STATE_RUNNING", "JOB_STATE_FINALIZING"})
    void theServicesKilledWhileTheJobIs(String state) {
        String name = "services-" + state.toLowerCase(Locale.ROOT).replace('_', '-');
        String job = rest.submitGraft(into(name), prefix + "-" + name);
        awaitAtLeast(job, state);
        stack.killServices();
        stack.startServices(Map.of());
        assertThat(rest.submitGraft(into(name), prefix + "-" + name)).isEqualTo(job);
        assertEndsLikeTheUndisturbed(job, name);
    }

    @Test
    void eventsDeliveredAgainHaveNoFurtherEffect() {
        String job = rest.submitGraft(into("duplicate"), prefix + "-duplicate");
        assertEndsLikeTheUndisturbed(job, "duplicate");
        JsonPath before = rest.job(job);
        int republished =
                new KafkaReplay(stack).republish(List.of("graft.attempt.v1", "graft.job.v1", "graft.model.v1"), 2);
        assertThat(republished).isGreaterThan(5);
        String next = rest.submitGraft(into("after-duplicates"), prefix + "-after-duplicates");
        assertEndsLikeTheUndisturbed(next, "after-duplicates");
        assertThat(rest.job(job).getString("etag")).isEqualTo(before.getString("etag"));
        assertThat(versionsOf("duplicate")).hasSize(1);
    }

    @Test
    void aPoisonMessageGoesToTheDeadLettersAndBlocksNothing() {
        KafkaReplay kafka = new KafkaReplay(stack);
        kafka.publishGarbage("graft.attempt.v1");
        kafka.publishGarbage("graft.job.v1");
        String job = rest.submitGraft(into("poison"), prefix + "-poison");
        assertEndsLikeTheUndisturbed(job, "poison");
        assertThat(kafka.deadLetterReasons("graft.attempt.v1.dlq")).isNotEmpty();
        assertThat(kafka.deadLetterReasons("graft.job.v1.dlq")).isNotEmpty();
    }

    @Test
    void aCancelledJobLeavesNothingVisible() {
        String job = rest.submitGraft(into("cancelled"), prefix + "-cancelled");
        awaitAtLeast(job, "JOB_STATE_LAUNCHING");
        Response cancelled = rest.post(RestClient.relative(job) + ":cancel", Map.of());
        assertThat(cancelled.statusCode()).as(cancelled.asPrettyString()).isEqualTo(200);
        JsonPath ended = rest.awaitEnd(job);
        assertThat(ended.getString("state")).isEqualTo("JOB_STATE_CANCELLED");
        assertThat(ended.getList("outputs")).isNullOrEmpty();
        assertThat(rest.get("/models/" + prefix + "-cancelled/versions").statusCode())
                .isEqualTo(404);
        Awaitility.await("sweep of " + job)
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(objects.outputsOf(job)).isEmpty());

        Response again = rest.post(RestClient.relative(job) + ":cancel", Map.of());
        assertThat(again.statusCode()).isEqualTo(200);
        Response tooLate = rest.post(
                RestClient.relative(rest.submitGraft(into("undisturbed"), prefix + "-undisturbed")) + ":cancel",
                Map.of());
        assertThat(tooLate.<String>path("reason")).isEqualTo("JOB_ALREADY_ENDED");
    }

    private void assertEndsLikeTheUndisturbed(String job, String name) {
        JsonPath ended = rest.awaitEnd(job);
        assertThat(ended.getString("state")).as(ended.prettify()).isEqualTo("JOB_STATE_SUCCEEDED");
        assertThat(ended.getList("outputs")).hasSize(1);
        JsonPath version = rest.version(ended.getString("outputs[0]"));
        assertThat(version.getString("digest")).isEqualTo(undisturbed);
        assertThat(versionsOf(name)).hasSize(1);
        String committed = version.getString("manifest").replace("manifest.json", "");
        Awaitility.await("sweep of " + job)
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(objects.outputsOf(job))
                        .hasSize(version.getList("files").size() + 1)
                        .allMatch(key -> key.startsWith(committed)));
    }

    private List<Object> versionsOf(String name) {
        return rest.get("/models/" + prefix + "-" + name + "/versions")
                .jsonPath()
                .getList("modelVersions");
    }

    private Map<String, Object> into(String name) {
        Map<String, Object> changed = new HashMap<>(spec);
        changed.put("outputModel", "tenants/default/models/" + prefix + "-" + name);
        return changed;
    }

    private void awaitAtLeast(String job, String state) {
        List<String> order = List.of(
                "JOB_STATE_QUEUED",
                "JOB_STATE_LAUNCHING",
                "JOB_STATE_RUNNING",
                "JOB_STATE_FINALIZING",
                "JOB_STATE_SUCCEEDED");
        Awaitility.await(state)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> order.indexOf(rest.job(job).getString("state")) >= order.indexOf(state));
    }
}
