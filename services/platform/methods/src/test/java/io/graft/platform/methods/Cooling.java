package io.graft.platform.methods;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Method(
        kind = MethodKind.SCHEDULE,
        name = "cooling",
        title = "Cooling",
        paper = "A. Uthor, Cooling, 2026",
        summary = "Has a parameter of every type.",
        notes = "Exists in this test only.")
final class Cooling {
    enum Shape {
        LINEAR,
        INV_SQRT
    }

    record Params(
            @Param(doc = "the rate", min = 0, aboveMin = true, max = 1)
            double lr,

            @Param(doc = "share kept", byDefault = "0.9", min = 0, max = 1, belowMax = true)
            double keep,

            @Param(doc = "low point", optional = true, below = "lr") @Nullable
            Double low,

            @Param(doc = "steps", byDefault = "10", min = 1, atMost = "total")
            int steps,

            @Param(doc = "all steps", byDefault = "9007199254740992")
            long total,

            @Param(doc = "curve", byDefault = "inv_sqrt") Shape shape,

            @Param(doc = "whether to restart", byDefault = "false")
            boolean restart,

            @Param(doc = "names") List<String> names,
            @Param(doc = "layers", min = 0) List<Integer> layers,
            @Param(doc = "ranks", min = 1) Map<String, Double> ranks,
            @Param(doc = "targets") NameSelection targets) {}
}
