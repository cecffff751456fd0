package io.graft.platform.kafka;

import io.graft.platform.event.EventHandler;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics on a thread of its own and gives each event to a handler, in order within a partition and one at a time.
 *
 * <p>Positions are committed after handling, so an event may come again. While something is unavailable ({@code
 * GraftException} of category UNAVAILABLE) an event is tried until it works, its partition waiting and the others going on;
 * an event that fails otherwise goes to the dead letters after some tries, and one that can't be read at once. The consumer
 * stays a member of its group all the while, provided that one call of the handler takes less than 5 minutes.
 */
public final class KafkaSubscription implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSubscription.class);
    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final SubscriptionLoop loop;
    private final Thread thread;

    private KafkaSubscription(SubscriptionLoop loop, Thread thread) {
        this.loop = loop;
        this.thread = thread;
    }

    /** Starts reading; the broker may come later. The topics must exist by then, see {@link TopicSetup}. */
    public static KafkaSubscription start(KafkaSettings kafka, SubscriptionSettings settings, EventHandler handler) {
        SubscriptionLoop loop = new SubscriptionLoop(
                settings,
                handler,
                kafka.consumer(settings.group()),
                new DeadLetters(settings.group(), kafka.producer()),
                new SubscriptionGauge(Clock.systemUTC()));
        Thread thread = Thread.ofPlatform()
                .name("events-" + settings.group())
                .daemon()
                .uncaughtExceptionHandler(
                        (dead, error) -> LOG.error("Subscription {} ended and reads no more", settings.group(), error))
                .start(loop);
        return new KafkaSubscription(loop, thread);
    }

    /** Figures for metrics and health, without asking the broker. */
    public SubscriptionStatus status() {
        return loop.status();
    }

    /** Lets the event in hand be finished, for 30 seconds at most, commits and leaves the group. */
    @Override
    public void close() {
        loop.stop();
        try {
            if (!thread.join(CLOSE)) {
                LOG.warn("Subscription {} is still busy with an event, which will come again", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
