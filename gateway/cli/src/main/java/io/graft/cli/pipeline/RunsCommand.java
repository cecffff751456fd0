package io.graft.cli.pipeline;

import picocli.CommandLine.Command;

/** {@code graft runs}. */
@Command(
        name = "runs",
        description = "Look at, watch and cancel runs of pipelines, and decide what waits for a person.",
        subcommands = {
            RunsList.class,
            RunsGet.class,
            RunsWatch.class,
            RunsApprove.class,
            RunsReject.class,
            RunsCancel.class
        })
public final class RunsCommand {}
