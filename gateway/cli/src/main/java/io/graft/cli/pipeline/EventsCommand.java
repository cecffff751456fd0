package io.graft.cli.pipeline;

import picocli.CommandLine.Command;

/** {@code graft events}. */
@Command(
        name = "events",
        description = "Give past events to the triggers again.",
        subcommands = {EventsReplay.class})
public final class EventsCommand {}
