package io.graft.cli.pipeline;

import picocli.CommandLine.Command;

/** {@code graft deadletters}. */
@Command(
        name = "deadletters",
        description = "Look at messages that a service put aside, and send them again.",
        subcommands = {DeadLettersList.class, DeadLettersRedrive.class})
public final class DeadLettersCommand {}
