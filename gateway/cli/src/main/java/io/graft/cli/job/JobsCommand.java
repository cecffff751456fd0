package io.graft.cli.job;

import picocli.CommandLine.Command;

/** {@code graft jobs}. */
@Command(
        name = "jobs",
        description = "Look at, watch, pause, resume and cancel jobs, and fetch what they report.",
        subcommands = {
            JobsList.class,
            JobsGet.class,
            JobsWatch.class,
            JobsReport.class,
            JobsPause.class,
            JobsResume.class,
            JobsCancel.class
        })
public final class JobsCommand {}
