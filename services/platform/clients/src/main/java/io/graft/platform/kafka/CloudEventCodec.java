package io.graft.platform.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventTypes;
import io.graft.platform.event.EventTypes.EventType;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.GraftSpec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events as Kafka records and back. Writes CloudEvents 1.0 in binary mode with a protobuf payload; reads that, and JSON
 * payloads in binary or structured mode. Unknown fields and enum values of a payload are passed over. Thread-safe.
 */
public final class CloudEventCodec {
    private static final String SEQUENCE = "sequence";
    private static final String PROTOBUF = "application/protobuf";
    private static final JsonFormat.Parser JSON = JsonFormat.parser()
            .ignoringUnknownFields()
            .usingTypeRegistry(JsonFormat.TypeRegistry.newBuilder()
                    .add(GraftSpec.getDescriptor().getFile().getMessageTypes())
                    .build());

    private CloudEventCodec() {}

    /** The record that carries an event, on the topic of its type and with its subject as key. */
    public static ProducerRecord<String, byte[]> encode(Event event) {
        EventType type = EventTypes.of(event.data());
        CloudEventBuilder cloudEvent = CloudEventBuilder.v1()
                .withId(event.id())
                .withType(event.type())
                .withSource(URI.create(event.source()))
                .withSubject(event.subject())
                .withTime(event.time().atOffset(ZoneOffset.UTC))
                .withExtension(SEQUENCE, Long.toString(event.sequence()))
                .withData(PROTOBUF, event.data().toByteArray());
        if (!event.traceparent().isEmpty()) {
            cloudEvent.withExtension(TraceContext.HEADER, event.traceparent());
        }
        return KafkaMessageFactory.<String>createWriter(type.topic(), event.subject())
                .writeBinary(cloudEvent.build());
    }

    /**
     * The event that a record carries.
     *
     * @throws PoisonEventException when it carries none that this release knows
     */
    public static Event decode(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            throw new PoisonEventException(PoisonReason.NO_DATA, "The record has no value", null);
        }
        CloudEvent cloudEvent = read(record);
        EventType type = EventTypes.find(cloudEvent.getType())
                .orElseThrow(() -> new PoisonEventException(
                        PoisonReason.UNKNOWN_TYPE, "Type " + cloudEvent.getType() + " is unknown here", null));
        Message data = payload(cloudEvent, type, record.value());
        String subject = cloudEvent.getSubject();
        if (subject == null) {
            throw new PoisonEventException(PoisonReason.NOT_AN_EVENT, "The event names no subject", null);
        }
        return new Event(
                cloudEvent.getId(),
                cloudEvent.getType(),
                cloudEvent.getSource().toString(),
                subject,
                sequence(cloudEvent),
                time(cloudEvent.getTime(), record),
                text(cloudEvent.getExtension(TraceContext.HEADER)),
                data);
    }

    private static CloudEvent read(ConsumerRecord<String, byte[]> record) {
        try {
            return KafkaMessageFactory.createReader(record).toEvent();
        } catch (RuntimeException e) { // the library throws several kinds, and each means the same
            throw new PoisonEventException(PoisonReason.NOT_AN_EVENT, "Not a CloudEvent: " + e.getMessage(), e);
        }
    }

    private static Message payload(CloudEvent cloudEvent, EventType type, byte[] value) {
        byte[] data = data(cloudEvent, value);
        String contentType = cloudEvent.getDataContentType();
        try {
            if (contentType == null || contentType.startsWith("application/json")) {
                Message.Builder builder = type.prototype().newBuilderForType();
                JSON.merge(new String(data, StandardCharsets.UTF_8), builder);
                return builder.build();
            }
            if (contentType.startsWith(PROTOBUF)) {
                return type.parser().parseFrom(data);
            }
        } catch (InvalidProtocolBufferException e) {
            throw new PoisonEventException(PoisonReason.BAD_PAYLOAD, "Not a " + type.name() + ": " + e.getMessage(), e);
        }
        throw new PoisonEventException(
                PoisonReason.BAD_PAYLOAD, "Content type " + contentType + " is not read here", null);
    }

    private static byte[] data(CloudEvent cloudEvent, byte[] value) {
        CloudEventData data = cloudEvent.getData();
        if (data != null) {
            return data.toBytes();
        }
        if (value.length == 0) {
            // In binary mode, what the library takes for no data: a protobuf message with every field unset.
            return value;
        }
        throw new PoisonEventException(PoisonReason.NO_DATA, "The event has no data", null);
    }

    private static long sequence(CloudEvent cloudEvent) {
        try {
            return Long.parseLong(text(cloudEvent.getExtension(SEQUENCE)));
        } catch (NumberFormatException e) {
            throw new PoisonEventException(PoisonReason.NOT_AN_EVENT, "The event has no numeric sequence", e);
        }
    }

    private static Instant time(@Nullable OffsetDateTime time, ConsumerRecord<String, byte[]> record) {
        return time == null ? Instant.ofEpochMilli(record.timestamp()) : time.toInstant();
    }

    private static String text(@Nullable Object extension) {
        return extension == null ? "" : extension.toString();
    }
}
