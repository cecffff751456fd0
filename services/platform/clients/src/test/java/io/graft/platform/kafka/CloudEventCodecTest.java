package io.graft.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.UnknownFieldSet;
import io.graft.platform.event.Event;
import io.graft.platform.testkit.contract.EventPublisherContract;
import io.graft.v1.AliasMoved;
import io.graft.v1.GraftSpec;
import io.graft.v1.Job;
import io.graft.v1.JobState;
import io.graft.v1.JobStateChanged;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CloudEventCodecTest {
    private static final String SUBJECT = "tenants/default/jobs/graft-1";
    private static final JobStateChanged DATA = JobStateChanged.newBuilder()
            .setJob(Job.newBuilder()
                    .setName(SUBJECT)
                    .setState(JobState.JOB_STATE_QUEUED)
                    .setSpec(Any.pack(GraftSpec.newBuilder().setLambda(0.5).build())))
            .build();
    private static final Event EVENT = EventPublisherContract.event(SUBJECT, 12, DATA);

    @Test
    void writesBinaryModeHeaders() {
        ProducerRecord<String, byte[]> record = CloudEventCodec.encode(EVENT);

        assertThat(record.topic()).isEqualTo("graft.job.v1");
        assertThat(record.key()).isEqualTo(SUBJECT);
        assertThat(record.value()).isEqualTo(DATA.toByteArray());
        assertThat(headers(record))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", EVENT.id(),
                        "ce_type", "graft.v1.JobStateChanged",
                        "ce_source", "/graft/test",
                        "ce_subject", SUBJECT,
                        "ce_time", "2026-01-02T03:04:05.678Z",
                        "ce_sequence", "12",
                        "ce_traceparent", EVENT.traceparent(),
                        "content-type", "application/protobuf"));
    }

    @Test
    void readsWhatItWrote() {
        assertThat(CloudEventCodec.decode(received(CloudEventCodec.encode(EVENT))))
                .isEqualTo(EVENT);
    }

    @Test
    void readsAPayloadWithoutBytes() {
        Event empty = EventPublisherContract.event(SUBJECT, 1, JobStateChanged.getDefaultInstance());

        assertThat(CloudEventCodec.decode(received(CloudEventCodec.encode(empty))))
                .isEqualTo(empty);
    }

    @Test
    void structuredEventWithoutDataIsPoison() {
        assertPoison(PoisonReason.NO_DATA, "no data", structured("""
                {"specversion": "1.0", "id": "1", "type": "graft.v1.JobStateChanged", "source": "/s", "subject": "x",
                 "sequence": "1"}
                """));
    }

    @Test
    void readsStructuredJson() {
        String json = """
                {"specversion": "1.0", "id": "%s", "type": "graft.v1.JobStateChanged", "source": "/graft/test",
                 "subject": "%s", "time": "2026-01-02T03:04:05.678Z", "sequence": "12", "traceparent": "%s",
                 "data": {"job": {"name": "%s", "state": "JOB_STATE_QUEUED", "later": true,
                   "spec": {"@type": "type.googleapis.com/graft.v1.GraftSpec", "lambda": 0.5}}}}
                """.formatted(EVENT.id(), SUBJECT, EVENT.traceparent(), SUBJECT);

        assertThat(CloudEventCodec.decode(structured(json))).isEqualTo(EVENT);
    }

    @Test
    void passesOverUnknownEnumValuesInJson() {
        String json = """
                {"specversion": "1.0", "id": "1", "type": "graft.v1.JobStateChanged", "source": "/s", "subject": "x",
                 "sequence": 3, "datacontenttype": "application/json",
                 "data": {"job": {"name": "x", "state": "JOB_STATE_OF_A_LATER_RELEASE"}}}
                """;

        assertThat(CloudEventCodec.decode(structured(json)).data())
                .isEqualTo(JobStateChanged.newBuilder()
                        .setJob(Job.newBuilder().setName("x"))
                        .build());
    }

    @Test
    void passesOverUnknownFieldsAndEnumValues() {
        JobStateChanged later = DATA.toBuilder()
                .setJob(DATA.getJob().toBuilder().setStateValue(999))
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                5000,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build();

        Event read = CloudEventCodec.decode(
                received(CloudEventCodec.encode(EventPublisherContract.event(SUBJECT, 1, later))));

        assertThat(((JobStateChanged) read.data()).getJob().getState()).isEqualTo(JobState.UNRECOGNIZED);
        assertThat(read.data()).isEqualTo(later);
    }

    @Test
    void unknownTypeIsPoison() {
        ProducerRecord<String, byte[]> record = CloudEventCodec.encode(EVENT);
        record.headers().remove("ce_type").add("ce_type", "graft.v2.JobDreamed".getBytes(StandardCharsets.UTF_8));

        assertPoison(PoisonReason.UNKNOWN_TYPE, "graft.v2.JobDreamed", received(record));
    }

    @Test
    void otherPayloadIsPoison() {
        ProducerRecord<String, byte[]> record = CloudEventCodec.encode(EVENT);

        assertPoison(PoisonReason.BAD_PAYLOAD, "graft.v1.JobStateChanged", received(record, new byte[] {
            (byte) 0xff, (byte) 0xff, 3
        }));
    }

    @Test
    void otherContentTypeIsPoison() {
        ProducerRecord<String, byte[]> record = CloudEventCodec.encode(EVENT);
        record.headers().remove("content-type").add("content-type", "text/plain".getBytes(StandardCharsets.UTF_8));

        assertPoison(PoisonReason.BAD_PAYLOAD, "text/plain", received(record));
    }

    @Test
    void missingAttributesArePoison() {
        for (String attribute : new String[] {"ce_id", "ce_subject", "ce_sequence", "ce_source", "ce_type"}) {
            ProducerRecord<String, byte[]> record = CloudEventCodec.encode(EVENT);
            record.headers().remove(attribute);

            assertPoison(PoisonReason.NOT_AN_EVENT, "", received(record));
        }
    }

    @Test
    void garbageIsPoison() {
        ProducerRecord<String, byte[]> garbage = new ProducerRecord<>("graft.job.v1", "k", new byte[] {1, 2, 3});

        assertPoison(PoisonReason.NOT_AN_EVENT, "CloudEvent", received(garbage));
        assertPoison(PoisonReason.NOT_AN_EVENT, "CloudEvent", structured("{\"specversion\": "));
    }

    @Test
    void tombstoneIsPoison() {
        assertPoison(PoisonReason.NO_DATA, "value", received(CloudEventCodec.encode(EVENT), null));
    }

    @Test
    void traceparentMayBeAbsent() {
        Event untraced =
                new Event("1", EVENT.type(), "/s", SUBJECT, 1, EVENT.time(), "", AliasMoved.getDefaultInstance());

        assertThat(headers(CloudEventCodec.encode(untraced))).doesNotContainKey("ce_traceparent");
    }

    private static void assertPoison(PoisonReason reason, String named, ConsumerRecord<String, byte[]> record) {
        assertThatThrownBy(() -> CloudEventCodec.decode(record))
                .isInstanceOfSatisfying(PoisonEventException.class, e -> {
                    assertThat(e.reason()).isEqualTo(reason);
                    assertThat(e).hasMessageContaining(named);
                });
    }

    private static ConsumerRecord<String, byte[]> structured(String json) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>("graft.job.v1", "k", json.getBytes(StandardCharsets.UTF_8));
        record.headers().add("content-type", "application/cloudevents+json".getBytes(StandardCharsets.UTF_8));
        return received(record);
    }

    private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent) {
        return received(sent, sent.value());
    }

    private static ConsumerRecord<String, byte[]> received(
            ProducerRecord<String, byte[]> sent, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                0,
                1_000,
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                value,
                new RecordHeaders(sent.headers()),
                Optional.empty());
    }

    private static Map<String, String> headers(ProducerRecord<String, byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
