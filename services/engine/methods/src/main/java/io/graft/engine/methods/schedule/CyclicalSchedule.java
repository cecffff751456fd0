package io.graft.engine.methods.schedule;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.MethodParameterException;
import io.graft.platform.methods.Param;
import org.jspecify.annotations.Nullable;

/** Rises from {@code base_lr} to the peak and falls back, over and over, as {@code torch.optim.lr_scheduler.CyclicLR}. */
@Method(
        kind = MethodKind.SCHEDULE,
        name = CyclicalSchedule.NAME,
        title = "Cyclical",
        paper = "L. N. Smith, Cyclical Learning Rates for Training Neural Networks, arXiv 1506.01186",
        summary = "Moves between base_lr and the optimizer's lr in straight lines.",
        notes = "The momentum does not cycle.")
public final class CyclicalSchedule implements ScheduleMethod<CyclicalSchedule.Params> {
    static final String NAME = "cyclical";

    /** What becomes of the height of later cycles. */
    public enum Mode {
        /** It stays. */
        TRIANGULAR,
        /** Each is half as high as the one before. */
        TRIANGULAR2,
        /** It shrinks by {@code gamma} each step. */
        EXP_RANGE
    }

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "lowest rate; must be below the optimizer's lr", min = 0)
            double baseLr,

            @Param(doc = "steps from the lowest to the highest rate", min = 1)
            long stepsUp,

            @Param(doc = "steps back; steps_up when absent", optional = true, min = 1) @Nullable
            Long stepsDown,

            @Param(
                    doc = "height of later cycles: the same, halved each time, or times gamma each step",
                    byDefault = "triangular")
            Mode mode,

            @Param(doc = "factor a step of exp_range", byDefault = "1", min = 0, aboveMin = true, max = 1)
            double gamma) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Schedule schedule(Params params, Horizon horizon) {
        if (params.baseLr() >= horizon.peak()) {
            throw new MethodParameterException(
                    NAME,
                    "base_lr",
                    params.baseLr() + " must be less than the optimizer's lr, which is " + horizon.peak());
        }
        double up = params.stepsUp();
        double whole = up + (params.stepsDown() == null ? params.stepsUp() : params.stepsDown());
        double turn = up / whole;
        return at -> {
            double cycle = Math.floor(1 + at.step() / whole);
            double x = 1 + at.step() / whole - cycle;
            double height = x <= turn ? x / turn : (x - 1) / (turn - 1);
            double scale = switch (params.mode()) {
                case TRIANGULAR -> 1;
                case TRIANGULAR2 -> Math.pow(2, 1 - cycle);
                case EXP_RANGE -> Math.pow(params.gamma(), (double) at.step());
            };
            return params.baseLr() + (horizon.peak() - params.baseLr()) * height * scale;
        };
    }
}
