package io.graft.pipelines.api;

import io.graft.pipelines.domain.RunStore;
import io.graft.pipelines.domain.StepStates;
import io.graft.platform.watch.History;
import io.graft.v1.PipelineRunEvent;
import java.util.List;

/** The history of runs. A run that is gone is over. */
final class RunHistory implements History<PipelineRunEvent> {
    private final RunStore runs;

    RunHistory(RunStore runs) {
        this.runs = runs;
    }

    @Override
    public List<PipelineRunEvent> after(String run, long sequence, int limit) {
        return runs.history(run, sequence, limit);
    }

    @Override
    public long sequence(PipelineRunEvent event) {
        return event.getSequence();
    }

    @Override
    public boolean isLast(PipelineRunEvent event) {
        return StepStates.isTerminal(event.getState());
    }

    @Override
    public boolean isOver(String run, long sequence) {
        return runs.find(run)
                .map(found -> StepStates.isTerminal(found.run().getState())
                        && found.run().getSequence() <= sequence)
                .orElse(true);
    }
}
