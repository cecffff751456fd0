package io.graft.cli.model;

import picocli.CommandLine.Command;

/** {@code graft aliases}. */
@Command(
        name = "aliases",
        description = "Set and look at aliases, the movable names of versions.",
        subcommands = {AliasesSet.class, AliasesGet.class, AliasesList.class})
public final class AliasesCommand {}
