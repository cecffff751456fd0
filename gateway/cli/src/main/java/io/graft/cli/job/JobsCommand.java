package io.graft.cli.job;

import picocli.CommandLine.Command;

/** {@code graft jobs}. */
@Command(
        name = "jobs",
        description = "Look at, watch, pause, resume and cancel jobs.",
        subcommands = {
            JobsList.class,
            JobsGet.class,
            JobsWatch.class,
            JobsPause.class,
            JobsResume.class,
            JobsCancel.class
        })
public final class JobsCommand {}
