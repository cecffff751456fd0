package io.graft.cli.dataset;

import picocli.CommandLine.Command;

/** {@code graft datasets}. */
@Command(
        name = "datasets",
        description = "Create, list, look at and upload data sets.",
        subcommands = {
            DatasetsCreate.class,
            DatasetsList.class,
            DatasetsGet.class,
            DatasetsVersions.class,
            DatasetsUpload.class
        })
public final class DatasetsCommand {}
