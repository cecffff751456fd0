package io.graft.cli.pipeline;

import io.graft.cli.name.Names;
import io.graft.cli.terminal.Fields;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.Pipeline;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunState;
import io.graft.v1.PipelineStep;
import java.io.PrintStream;
import java.util.List;

/** Pipelines and runs as people read them. */
final class PipelineText {
    private PipelineText() {}

    static void print(Pipeline pipeline, PrintStream out) {
        new Fields()
                .add("pipeline", pipeline.getName())
                .add("description", pipeline.getDescription())
                .add("revision", pipeline.getRevision() == 0 ? "(only checked)" : pipeline.getRevision())
                .add("triggers", pipeline.getPaused() ? "paused" : "at work")
                .add("created", Figures.time(pipeline.getCreateTime()))
                .add("changed", Figures.time(pipeline.getUpdateTime()))
                .print(out);
    }

    static void print(PipelineRun run, PrintStream out) {
        new Fields()
                .add("run", run.getName().isEmpty() ? "(only planned)" : run.getName())
                .add("state", run.getName().isEmpty() ? "" : state(run.getState()))
                .add("message", run.getMessage())
                .add("revision", run.getRevision())
                .add("cause", run.getCause().getKind())
                .add("created", Figures.time(run.getCreateTime()))
                .add("ended", Figures.time(run.getEndTime()))
                .print(out);
        Table table = new Table("STEP", "TYPE", "STATE", "JOB", "OUTPUT", "MESSAGE");
        run.getStepsList().forEach(step -> row(table, step));
        out.println();
        table.print(out);
        estimates(run.getStepsList(), out);
    }

    static String state(PipelineRunState state) {
        return Figures.name(state, "PIPELINE_RUN_STATE_");
    }

    static String state(PipelineStep step) {
        return Figures.name(step.getState(), "PIPELINE_STEP_STATE_");
    }

    private static void row(Table table, PipelineStep step) {
        table.row(
                step.getId(),
                step.getType(),
                state(step),
                Names.id(step.getJob()),
                step.getResult().getOutput().isEmpty()
                        ? ""
                        : Names.brief(step.getResult().getOutput()),
                step.getMessage().replace('\n', ' '));
    }

    private static void estimates(List<PipelineStep> steps, PrintStream out) {
        for (PipelineStep step : steps) {
            if (step.hasEstimate()) {
                out.println();
                out.println(step.getId() + " needs");
                step.getEstimate().getArithmeticList().forEach(line -> out.println("  " + line));
            }
        }
    }
}
