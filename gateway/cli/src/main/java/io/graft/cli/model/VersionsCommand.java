package io.graft.cli.model;

import picocli.CommandLine.Command;

/** {@code graft versions}. */
@Command(
        name = "versions",
        description = "List and look at the versions of a model: files, tensors, lineage.",
        subcommands = {VersionsList.class, VersionsGet.class, VersionsTensors.class, VersionsLineage.class})
public final class VersionsCommand {}
