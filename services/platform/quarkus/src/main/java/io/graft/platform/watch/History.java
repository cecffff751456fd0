package io.graft.platform.watch;

import java.util.List;

/** What has happened to resources, as watches read it. Thread-safe. */
public interface History<E> {
    /** Events of a resource after a sequence, in order. */
    List<E> after(String resource, long sequence, int limit);

    /** An event's position. */
    long sequence(E event);

    /** Whether nothing follows an event, ever. */
    boolean isLast(E event);

    /** Whether nothing follows a sequence, ever. */
    boolean isOver(String resource, long sequence);
}
