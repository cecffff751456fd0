package io.graft.platform.event;

/**
 * Takes events of a subscription, one at a time for each subject. An event may come more than once: the handler does its
 * effect and marks the id in one transaction. A thrown {@code GraftException} of category UNAVAILABLE is tried again; any
 * other exception is tried again a few times and then sent to the dead letters with its reason.
 */
@FunctionalInterface
public interface EventHandler {
    void handle(Event event);
}
