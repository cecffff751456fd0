package io.graft.cli.method;

import picocli.CommandLine.Command;

/** {@code graft methods}. */
@Command(
        name = "methods",
        description = "Look at the methods that trainings choose from.",
        subcommands = {MethodsList.class, MethodsShow.class})
public final class MethodsCommand {}
