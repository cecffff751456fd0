package io.graft.cli.model;

import picocli.CommandLine.Command;

/** {@code graft models}. */
@Command(
        name = "models",
        description = "Create, list and look at models.",
        subcommands = {ModelsCreate.class, ModelsList.class, ModelsGet.class})
public final class ModelsCommand {}
