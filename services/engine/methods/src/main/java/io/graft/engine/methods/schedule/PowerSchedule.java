package io.graft.engine.methods.schedule;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.MethodParameterException;
import io.graft.platform.methods.Param;

/**
 * {@code lr(n) = min(peak, a beta^e n^b)} over consumed tokens n, with a linear warm-up to its value at the warm-up's
 * end and a decay to 0 over the last tokens, from its value where the decay begins. beta is the batch in sequences.
 */
@Method(
        kind = MethodKind.SCHEDULE,
        name = PowerSchedule.NAME,
        title = "Power (over tokens)",
        paper = "Y. Shen et al., Power Scheduler: A Batch Size and Token Number Agnostic Learning Rate Scheduler,"
                + " arXiv 2408.13359",
        summary =
                "A power law of the consumed tokens, so that one setting serves runs of any length, also open-ended ones.",
        notes = {
            "On a small model the best rate grew with the batch's 0.5th to 0.6th power, not with the first as in the"
                    + " paper: batch_exponent is a parameter for that reason.",
            "With the length known, a cosine decay was as good or better; the gain is not needing the length.",
            "The last tokens' decay needs a length; decay none leaves it to a later run."
        })
public final class PowerSchedule implements ScheduleMethod<PowerSchedule.Params> {
    static final String NAME = "power";

    /** The way down at the end. */
    public enum Decay {
        /** A straight line to 0. */
        LINEAR,
        /** By the same factor each token, to a hundredth, then 0 at the very end. */
        EXPONENTIAL,
        /** Half a cosine to 0. */
        COSINE,
        /** No decay. */
        NONE
    }

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "factor of the law", byDefault = "4", min = 0, aboveMin = true)
            double a,

            @Param(doc = "exponent of the law", byDefault = "-0.51", max = 0, belowMax = true)
            double b,

            @Param(doc = "exponent of the batch size in sequences; 1 in the paper", byDefault = "1", min = 0)
            double batchExponent,

            @Param(doc = "tokens of the warm-up", byDefault = "0", min = 0)
            long warmupTokens,

            @Param(doc = "tokens of the decay at the end of the run", byDefault = "0", min = 0)
            long decayTokens,

            @Param(doc = "curve of the decay", byDefault = "linear")
            Decay decay) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Schedule schedule(Params params, Horizon horizon) {
        long decayTokens = params.decay() == Decay.NONE ? 0 : params.decayTokens();
        long total = decayTokens == 0 ? Long.MAX_VALUE : horizon.stepsFor(NAME) * horizon.tokensPerStep();
        if (params.warmupTokens() + decayTokens > total) {
            throw new MethodParameterException(
                    NAME,
                    "decay_tokens",
                    "warm-up and decay take more than the run's " + total + " tokens; give fewer");
        }
        return at -> {
            long tokens = at.tokens();
            if (tokens < params.warmupTokens()) {
                return (double) tokens / params.warmupTokens() * law(params, horizon, params.warmupTokens());
            }
            long start = total - decayTokens;
            return tokens <= start
                    ? law(params, horizon, tokens)
                    : law(params, horizon, start)
                            * left(params.decay(), Math.min(1, (double) (tokens - start) / decayTokens));
        };
    }

    private static double law(Params params, Horizon horizon, long tokens) {
        double batch = Math.pow((double) horizon.sequencesPerStep(), params.batchExponent());
        return Math.min(horizon.peak(), params.a() * batch * Math.pow((double) tokens, params.b()));
    }

    private static double left(Decay decay, double progress) {
        return switch (decay) {
            case LINEAR -> Curve.linear(1, 0, progress);
            case EXPONENTIAL -> progress == 1 ? 0 : Curve.exponential(1, 0.01, progress);
            case COSINE -> Curve.cosine(1, 0, progress);
            case NONE -> 1;
        };
    }
}
