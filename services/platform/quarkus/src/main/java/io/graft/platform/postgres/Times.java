package io.graft.platform.postgres;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Times of the database, to the microsecond, as the API has them. */
final class Times {
    private Times() {}

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
