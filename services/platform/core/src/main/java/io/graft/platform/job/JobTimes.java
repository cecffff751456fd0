package io.graft.platform.job;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Times of jobs and events between the API and Java, to the nanosecond. */
public final class JobTimes {
    private JobTimes() {}

    public static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    // A Timestamp is seconds and nanoseconds, as an Instant is.
    @SuppressWarnings("ProtoTimestampGetSecondsGetNano")
    public static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
