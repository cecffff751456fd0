package io.graft.engine.metrics.comparison;

import io.graft.engine.metrics.InputCheck;

/**
 * How two systems solve the same examples.
 *
 * @param onlyCandidate solved by the candidate alone
 * @param onlyBaseline solved by the baseline alone, so lost by the candidate
 * @param examples how many in all
 */
public record PairedCounts(int onlyCandidate, int onlyBaseline, int examples) {
    /**
     * Counts scores of 0 and 1.
     *
     * @throws io.graft.engine.metrics.MetricInputException for other scores or other numbers of examples
     */
    public static PairedCounts of(ExampleScores candidate, ExampleScores baseline) {
        String cure = "give 1 for a solved example and 0 for another, or compare by bootstrap";
        new InputCheck()
                .parallel("candidate", candidate.size(), "baseline", baseline.size())
                .require(candidate.isBinary(), "candidate", "has scores between", cure)
                .require(baseline.isBinary(), "baseline", "has scores between", cure)
                .done();
        int onlyCandidate = 0;
        int onlyBaseline = 0;
        for (int i = 0; i < candidate.size(); i++) {
            if (candidate.get(i) > baseline.get(i)) {
                onlyCandidate++;
            } else if (candidate.get(i) < baseline.get(i)) {
                onlyBaseline++;
            }
        }
        return new PairedCounts(onlyCandidate, onlyBaseline, candidate.size());
    }
}
