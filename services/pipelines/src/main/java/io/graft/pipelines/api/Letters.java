package io.graft.pipelines.api;

import com.google.protobuf.Timestamp;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.kafka.EventLog;
import io.graft.platform.kafka.EventLog.Letter;
import io.graft.platform.kafka.EventLog.LetterId;
import io.graft.platform.resource.ResourceName.DeadLetterName;
import io.graft.v1.DeadLetter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages that services put aside. A tenant sees those about its own resources, and of those that belong to nobody that there
 * are any and why, but nothing of what is in them. Thread-safe.
 */
final class Letters {
    private static final Pattern ID = Pattern.compile("(graft\\.[a-z]+\\.v[0-9]+\\.dlq)-([0-9]{1,9})-([0-9]{1,18})");

    private final EventLog log;

    Letters(EventLog log) {
        this.log = log;
    }

    List<DeadLetter> list(String tenant, int limit) {
        return log.letters(key -> isSeenBy(tenant, key), limit).stream()
                .map(letter -> message(tenant, letter))
                .toList();
    }

    DeadLetter redrive(DeadLetterName name, boolean validateOnly) {
        Matcher id = ID.matcher(name.letter());
        GraftException absent = new GraftException(
                ErrorCode.NOT_FOUND,
                "There is no dead letter " + name + "; list them",
                Map.of("name", name.toString()));
        if (!id.matches()) {
            throw absent;
        }
        LetterId letterId = new LetterId(id.group(1), Integer.parseInt(id.group(2)), Long.parseLong(id.group(3)));
        Letter letter = log.letter(letterId)
                .filter(found -> found.key().startsWith("tenants/" + name.tenant() + "/"))
                .orElseThrow(() -> absent);
        if (!validateOnly) {
            log.redrive(letterId);
        }
        return message(name.tenant(), letter);
    }

    private static boolean isSeenBy(String tenant, String key) {
        return key.startsWith("tenants/" + tenant + "/") || !key.startsWith("tenants/");
    }

    private static DeadLetter message(String tenant, Letter letter) {
        LetterId id = letter.id();
        Instant time = letter.time();
        boolean own = letter.key().startsWith("tenants/" + tenant + "/");
        DeadLetter.Builder message = DeadLetter.newBuilder()
                .setName(new DeadLetterName(tenant, id.topic() + "-" + id.partition() + "-" + id.offset()).toString())
                .setTopic(letter.topic())
                .setReason(letter.reason())
                .setGroup(letter.group())
                .setTime(
                        Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()));
        if (own) {
            message.setMessage(letter.message())
                    .setSubject(letter.key())
                    .setEventId(letter.event().map(Event::id).orElse(""))
                    .setEventType(letter.event().map(Event::type).orElse(""));
        }
        return message.build();
    }
}
