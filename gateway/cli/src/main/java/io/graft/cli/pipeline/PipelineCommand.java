package io.graft.cli.pipeline;

import picocli.CommandLine.Command;

/** {@code graft pipeline}. */
@Command(
        name = "pipeline",
        description = "Check, apply, run, look at and delete pipelines.",
        subcommands = {
            PipelineLint.class,
            PipelineApply.class,
            PipelineRunCommand.class,
            PipelineList.class,
            PipelineGet.class,
            PipelineDelete.class
        })
public final class PipelineCommand {}
