package io.graft.cli.analysis;

import picocli.CommandLine.Command;

/** {@code graft scaling}. */
@Command(
        name = "scaling",
        description = "Tell how a score grows with the amount of pre-training.",
        subcommands = {ScalingFitCommand.class})
public final class ScalingCommand {}
