package io.graft.platform.service;

import io.graft.platform.kafka.SubscriptionStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Figures about a subscription: {@code graft.events.lag}, {@code .handled}, {@code .retried} and {@code .dead_lettered}. */
final class SubscriptionMetrics {
    private SubscriptionMetrics() {}

    static void bind(
            MeterRegistry registry, String service, String name, Supplier<@Nullable SubscriptionStatus> status) {
        Tags tags = Tags.of("service", service, "subscription", name);
        Gauge.builder("graft.events.lag", status, source -> read(source, SubscriptionStatus::lag))
                .tags(tags)
                .description("Messages that are not finished")
                .strongReference(true)
                .register(registry);
        counter(registry, "graft.events.handled", "Events that were taken", tags, status, SubscriptionStatus::handled);
        counter(registry, "graft.events.retried", "Tries that failed", tags, status, SubscriptionStatus::retried);
        counter(
                registry,
                "graft.events.dead_lettered",
                "Messages that went to the dead letters",
                tags,
                status,
                SubscriptionStatus::deadLettered);
    }

    private static void counter(
            MeterRegistry registry,
            String name,
            String description,
            Tags tags,
            Supplier<@Nullable SubscriptionStatus> status,
            ToDoubleFunction<SubscriptionStatus> figure) {
        FunctionCounter.builder(name, status, source -> read(source, figure))
                .tags(tags)
                .description(description)
                .register(registry);
    }

    private static double read(
            Supplier<@Nullable SubscriptionStatus> source, ToDoubleFunction<SubscriptionStatus> figure) {
        SubscriptionStatus status = source.get();
        return status == null ? 0 : figure.applyAsDouble(status);
    }
}
