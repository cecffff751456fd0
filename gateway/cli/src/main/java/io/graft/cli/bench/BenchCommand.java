package io.graft.cli.bench;

import picocli.CommandLine.Command;

/** {@code graft bench}. */
@Command(
        name = "bench",
        description = "Measure this machine. Needs no stack; run it while nothing else does.",
        subcommands = {BenchTransfer.class, BenchTrain.class})
public final class BenchCommand {}
