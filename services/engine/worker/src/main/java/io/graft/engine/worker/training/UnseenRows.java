package io.graft.engine.worker.training;

import io.graft.engine.pruning.PruningException;
import io.graft.engine.pruning.PruningProblem;
import io.graft.engine.worker.JobRun;
import io.graft.platform.datasets.row.Row;
import io.graft.v1.PruneSpec;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes sure, row by row, that what a verification measures on has neither guided the pruning nor been learnt from. */
final class UnseenRows {
    private static final int SHOWN = 5;

    private UnseenRows() {}

    /** A row of a data set version. */
    private record Place(String file, long number) {
        static Place of(Row row) {
            return new Place(row.file(), row.number());
        }

        @Override
        public String toString() {
            return file + " row " + number;
        }
    }

    /**
     * Goes over all of them; both are of one data set version.
     *
     * @param target what the verification learns from and measures on
     * @throws PruningException naming the first rows that are seen
     */
    static void require(JobRun run, PruneSpec spec, DataRows target) throws IOException {
        Set<Place> measured = new HashSet<>();
        target.measured((position, row) -> measured.add(Place.of(row)));
        if (target.data().getHoldout().hasSplit()) {
            Set<Place> learnt = new LinkedHashSet<>();
            target.every((position, row) -> note(learnt, measured, row));
            refuse(learnt, "are learnt from too");
        }
        if (spec.hasTarget()) {
            DataRows voting = new DataRows(
                    run.input(Roles.TARGET).folder(),
                    spec.getTarget(),
                    spec.getMaxLength(),
                    spec.getLongRows(),
                    spec.getSeed());
            BitSet voters = TargetVoters.of(voting).used();
            Set<Place> guiding = new LinkedHashSet<>();
            voting.every((position, row) -> {
                if (voters.get(position)) {
                    note(guiding, measured, row);
                }
            });
            refuse(guiding, "guide the pruning too");
        }
    }

    private static void note(Set<Place> seen, Set<Place> measured, Row row) {
        Place place = Place.of(row);
        if (measured.contains(place)) {
            seen.add(place);
        }
    }

    private static void refuse(Set<Place> seen, String how) {
        if (!seen.isEmpty()) {
            throw new PruningException(
                    PruningProblem.LEAK,
                    seen.size() + " rows that the verification measures on " + how + ", such as "
                            + seen.stream().limit(SHOWN).map(Place::toString).collect(Collectors.joining(", "))
                            + "; measure on a split of its own, or keep the same rows back from both");
        }
    }
}
