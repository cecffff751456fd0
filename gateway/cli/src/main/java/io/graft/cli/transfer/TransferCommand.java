package io.graft.cli.transfer;

import picocli.CommandLine.Command;

/** {@code graft transfer}. */
@Command(
        name = "transfer",
        description = "Submit weight arithmetic: graft an update onto another version, or keep it as a diff vector.",
        subcommands = {TransferGraft.class, TransferDiff.class})
public final class TransferCommand {}
