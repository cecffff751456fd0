package io.graft.engine.methods.peft;

import io.graft.engine.methods.DescribedMethod;
import io.graft.engine.methods.EngineMethods;
import io.graft.engine.tensors.Scope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kind of method that says which parameters a fine-tuning trains. */
public interface AdapterMethod<P extends Record> extends DescribedMethod<P> {
    /**
     * Prepares a model: trainable is what the fine-tuning trains, everything else is frozen.
     *
     * @param home where new parameters live
     * @param samples forward passes of the model on a few batches of the training data; only a start that looks at inputs
     *     runs them
     * @throws AdapterException if the parameters do not fit the model
     */
    FineTuning prepare(P params, BaseModel base, Scope home, List<Runnable> samples);

    /**
     * Prepares a model by the method of that name.
     *
     * @throws IllegalArgumentException if there is no such method
     * @throws io.graft.platform.methods.MethodParameterException naming every bad parameter
     */
    static FineTuning choose(
            String name,
            Map<String, ? extends @Nullable Object> params,
            BaseModel base,
            Scope home,
            List<Runnable> samples) {
        return bound(EngineMethods.require(AdapterMethod.class, name), params, base, home, samples);
    }

    private static <P extends Record> FineTuning bound(
            AdapterMethod<P> method,
            Map<String, ? extends @Nullable Object> params,
            BaseModel base,
            Scope home,
            List<Runnable> samples) {
        return method.prepare(method.bind(params), base, home, samples);
    }
}
