package io.graft.cli;

import io.graft.cli.analysis.ScalingCommand;
import io.graft.cli.bench.BenchCommand;
import io.graft.cli.dataset.DatasetsCommand;
import io.graft.cli.demo.DemoCommand;
import io.graft.cli.file.DownloadCommand;
import io.graft.cli.file.UploadCommand;
import io.graft.cli.invocation.GlobalOptions;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.JobsCommand;
import io.graft.cli.method.MethodsCommand;
import io.graft.cli.model.AliasesCommand;
import io.graft.cli.model.ModelsCommand;
import io.graft.cli.model.VersionsCommand;
import io.graft.cli.pipeline.DeadLettersCommand;
import io.graft.cli.pipeline.EventsCommand;
import io.graft.cli.pipeline.PipelineCommand;
import io.graft.cli.pipeline.RunsCommand;
import io.graft.cli.source.ImportCommand;
import io.graft.cli.stack.DownCommand;
import io.graft.cli.stack.StatusCommand;
import io.graft.cli.stack.UpCommand;
import io.graft.cli.training.CombineCommand;
import io.graft.cli.training.EvaluateCommand;
import io.graft.cli.training.FinetuneCommand;
import io.graft.cli.training.InvarianceCommand;
import io.graft.cli.training.MergeCommand;
import io.graft.cli.training.PruneCommand;
import io.graft.cli.training.RankCommand;
import io.graft.cli.training.RobustnessCommand;
import io.graft.cli.training.ScoreCommand;
import io.graft.cli.training.SensitivityCommand;
import io.graft.cli.training.TrainCommand;
import io.graft.cli.transfer.TransferCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "graft",
        description = "Moves fine-tuning updates from an old base model to a new one.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            TransferCommand.class,
            FinetuneCommand.class,
            MergeCommand.class,
            CombineCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            ScoreCommand.class,
            RobustnessCommand.class,
            RankCommand.class,
            InvarianceCommand.class,
            SensitivityCommand.class,
            PruneCommand.class,
            ScalingCommand.class,
            PipelineCommand.class,
            RunsCommand.class,
            EventsCommand.class,
            DeadLettersCommand.class,
            MethodsCommand.class,
            JobsCommand.class,
            ModelsCommand.class,
            VersionsCommand.class,
            AliasesCommand.class,
            DatasetsCommand.class,
            ImportCommand.class,
            UploadCommand.class,
            DownloadCommand.class,
            BenchCommand.class,
            CompletionCommand.class,
            VersionCommand.class,
        },
        footer = {
            "",
            "Names are short where that is clear: bge is a model, bge/3 its third version, bge@base an alias.",
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 refused, 4 not found, 5 denied, 6 unavailable,",
            "7 not passed by a gate or held, 130 interrupted."
        })
final class GraftCommand {
    @Mixin
    final GlobalOptions options;

    GraftCommand(Invocation invocation) {
        options = invocation.options();
    }
}
