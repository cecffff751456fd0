package io.graft.registry.domain;

import io.graft.platform.event.Event;
import io.graft.v1.VersionRejected;

/** Takes the outcome of a job's output, each in one transaction with the mark that the event was taken. Thread-safe. */
public interface JobOutputStore {
    /** Registers the version, with its model when that is absent, and announces both; once for an event and a job. */
    void register(Event event, NewVersion version);

    /** Announces that the output was refused; once for an event. */
    void reject(Event event, VersionRejected rejection);
}
