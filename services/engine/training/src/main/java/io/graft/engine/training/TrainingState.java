package io.graft.engine.training;

import java.util.Map;

/**
 * Everything of a run that is no tensor. Together with the tensors it goes on bit for bit as if it had never stopped.
 *
 * @param step optimizer steps done
 * @param units tokens, or rows where there are none, that the steps consumed
 * @param randomSeed seed of the draws
 * @param randomPosition number of the next draw
 * @param schedule state of a schedule that follows a metric, else empty
 * @param stopping state of the rule that ends the run early, else empty
 * @param best metrics of the best evaluation so far, when the best weights are kept, else empty
 * @param unreportedLoss sum of the losses since the last report
 * @param unreportedSteps number of steps since the last report
 * @param evaluationDue whether the evaluation after this step was left before its end
 */
record TrainingState(
        long step,
        long units,
        long randomSeed,
        long randomPosition,
        Map<String, Double> schedule,
        Map<String, Double> stopping,
        Map<String, Double> best,
        double unreportedLoss,
        long unreportedSteps,
        boolean evaluationDue) {
    TrainingState {
        schedule = Map.copyOf(schedule);
        stopping = Map.copyOf(stopping);
        best = Map.copyOf(best);
    }
}
