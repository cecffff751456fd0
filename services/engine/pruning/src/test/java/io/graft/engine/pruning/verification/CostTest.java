package io.graft.engine.pruning.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.graft.engine.pruning.KeptSamples;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostTest {
    private static KeptSamples fortyOfHundred() {
        BitSet kept = new BitSet();
        kept.set(0, 40);
        return new KeptSamples(kept, 100);
    }

    @Test
    void theSurrogateIsCountedAndSharedByTargets() {
        SurrogateCost cost = new SurrogateCost(80, 5, 100);

        assertThat(cost.netSpeedUp(fortyOfHundred(), 1)).isCloseTo(100 / 125.0, within(1e-12));
        assertThat(cost.netSpeedUp(fortyOfHundred(), 8)).isCloseTo(100 / 55.0, within(1e-12));
        assertThat(cost.targetsToPay(fortyOfHundred())).isEqualTo(2);
        assertThat(new SurrogateCost(0, 0, 100).netSpeedUp(fortyOfHundred(), 1)).isCloseTo(2.5, within(1e-12));
        assertThat(new SurrogateCost(0, 0, 100).targetsToPay(fortyOfHundred())).isOne();
    }

    @Test
    void scoringThatCostsMoreThanItSavesNeverPays() {
        assertThat(new SurrogateCost(1, 60, 100).targetsToPay(fortyOfHundred())).isZero();
    }

    @Test
    void costsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new SurrogateCost(-1, 0, 1)).hasMessageContaining("negative");
        assertThatThrownBy(() -> new SurrogateCost(0, 0, 0)).hasMessageContaining("costs something");
    }

    @Test
    void losslessIsTheGreatestRatioBeforeTheFirstFailure() {
        List<LosslessRatio.Trial> trials = List.of(
                new LosslessRatio.Trial(0, 0.90),
                new LosslessRatio.Trial(0.8, 0.895),
                new LosslessRatio.Trial(0.2, 0.91),
                new LosslessRatio.Trial(0.4, 0.89),
                new LosslessRatio.Trial(0.6, 0.85));

        assertThat(LosslessRatio.greatest(trials, 0.011)).isEqualTo(new LosslessRatio.Trial(0.4, 0.89));
        assertThat(LosslessRatio.greatest(trials.subList(0, 1), 0.01)).isNull();
        assertThatThrownBy(() -> LosslessRatio.greatest(trials.subList(1, 3), 0.01))
                .hasMessageContaining("whole source");
    }
}
