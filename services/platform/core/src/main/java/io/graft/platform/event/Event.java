package io.graft.platform.event;

import com.google.protobuf.Message;
import java.time.Instant;

/**
 * Something that happened, as a CloudEvent.
 *
 * @param id stable across re-publishing; consumers take each id once
 * @param type full name of the payload's message, for example {@code graft.v1.JobStateChanged}
 * @param source path of the service, for example {@code /graft/transfer}
 * @param subject resource name that it is about; the Kafka key, so that its events keep their order
 * @param sequence position among the subject's events of this source
 * @param time when it happened, by the database's clock
 * @param traceparent W3C trace context of the call behind it
 * @param data payload; never absent
 */
public record Event(
        String id,
        String type,
        String source,
        String subject,
        long sequence,
        Instant time,
        String traceparent,
        Message data) {}
