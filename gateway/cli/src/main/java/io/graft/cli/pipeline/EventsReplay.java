package io.graft.cli.pipeline;

import com.google.protobuf.Timestamp;
import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Fields;
import io.graft.v1.ReplayEventsRequest;
import io.graft.v1.ReplayEventsResponse;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        description =
                "Read past events again and give them to the triggers. An event that has started a run of a pipeline"
                        + " starts no second.")
final class EventsReplay implements Callable<Integer> {
    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "events from then on, as 2026-01-31T12:00:00Z")
    String from = "";

    @Option(names = "--to", paramLabel = "TIME", description = "events before then (default: now)")
    String to = "";

    @Option(
            names = "--pipeline",
            paramLabel = "PIPELINE",
            description = "the one pipeline to give them to (default: all)")
    String pipeline = "";

    @Option(names = "--validate-only", description = "only count what matches")
    boolean validateOnly;

    private final Invocation invocation;

    EventsReplay(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ReplayEventsRequest.Builder request = ReplayEventsRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setFromTime(time(from))
                .setValidateOnly(validateOnly);
        if (!to.isEmpty()) {
            request.setToTime(time(to));
        }
        if (!pipeline.isEmpty()) {
            request.setPipeline(invocation.names().pipeline(pipeline));
        }
        ReplayEventsResponse replayed = invocation.services().pipelines().replayEvents(request.build());
        invocation
                .output()
                .result(
                        replayed,
                        out -> new Fields()
                                .add("read", replayed.getRead())
                                .add("matched", replayed.getMatched())
                                .add("started", replayed.getStarted())
                                .print(out));
        return ExitCode.OK.value();
    }

    private static Timestamp time(String text) {
        try {
            Instant time = Instant.parse(text);
            return Timestamp.newBuilder()
                    .setSeconds(time.getEpochSecond())
                    .setNanos(time.getNano())
                    .build();
        } catch (DateTimeParseException e) {
            throw CommandException.usage("'" + text + "' is not a time as 2026-01-31T12:00:00Z");
        }
    }
}
