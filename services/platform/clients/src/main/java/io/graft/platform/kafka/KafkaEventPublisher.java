package io.graft.platform.kafka;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes over an idempotent producer that waits for all in-sync replicas. {@code publish} takes no longer than {@link
 * KafkaSettings#delivery} and throws {@code EVENTS_UNAVAILABLE} then; an event that the broker will never take, because it
 * is too large, is {@code INTERNAL} with the event's id in the metadata.
 */
public final class KafkaEventPublisher implements EventPublisher {
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final KafkaProducer<String, byte[]> producer;

    /** Doesn't connect before the first event. */
    public KafkaEventPublisher(KafkaSettings settings) {
        this.settings = settings;
        this.producer = settings.producer();
    }

    @Override
    public void publish(List<Event> events) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
        int stored = 0;
        try {
            for (Event event : events) {
                sent.add(producer.send(CloudEventCodec.encode(event)));
            }
            for (Future<RecordMetadata> future : sent) {
                future.get();
                stored++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } catch (InterruptException e) {
            throw unavailable(e);
        } catch (ExecutionException e) {
            throw failed(e.getCause(), events.get(stored));
        } catch (KafkaException e) {
            throw failed(e, events.get(Math.min(sent.size(), events.size() - 1)));
        }
    }

    private GraftException failed(@Nullable Throwable cause, Event event) {
        if (cause instanceof RecordTooLargeException) {
            return new GraftException(
                    ErrorCode.INTERNAL,
                    "Event " + event.id() + " of " + event.subject() + " is larger than the broker takes; raise"
                            + " max.message.bytes of its topic",
                    Map.of("event", event.id(), "subject", event.subject()));
        }
        return unavailable(cause);
    }

    private GraftException unavailable(@Nullable Throwable cause) {
        return new GraftException(
                ErrorCode.EVENTS_UNAVAILABLE,
                "Kafka at " + settings.bootstrap() + " did not take an event in "
                        + settings.delivery().toSeconds() + " s"
                        + (cause == null ? "" : " (" + cause.getMessage() + ")")
                        + "; see that it runs and that the topics exist",
                cause);
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
