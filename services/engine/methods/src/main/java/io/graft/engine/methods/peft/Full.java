package io.graft.engine.methods.peft;

import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.tensors.Scope;
import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import java.util.List;

/** Trains every parameter of the model. */
@Method(
        kind = MethodKind.ADAPTER,
        name = "full",
        title = "Full fine-tuning",
        paper =
                "J. Howard and S. Ruder, Universal Language Model Fine-tuning for Text Classification, arXiv 1801.06146",
        summary = "Trains the whole model. The result is a model, and its difference to the base can be grafted.",
        notes = "Needs a gradient and the optimizer's state for every parameter; wants a tenth of an adapter's rate.")
public final class Full implements AdapterMethod<Full.Params> {
    /** It has none. */
    public record Params() {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public FineTuning prepare(Params params, BaseModel base, Scope home, List<Runnable> samples) {
        base.module().setTrainable(true);
        return new FineTuning.Whole(ParameterGroup.of(base.module().trainableParameters()));
    }
}
