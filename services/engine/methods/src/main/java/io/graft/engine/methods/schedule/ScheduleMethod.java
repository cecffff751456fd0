package io.graft.engine.methods.schedule;

import io.graft.engine.methods.DescribedMethod;
import io.graft.engine.methods.EngineMethods;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kind of method that moves the learning rate. */
public interface ScheduleMethod<P extends Record> extends DescribedMethod<P> {
    /**
     * The schedule of one run.
     *
     * @throws io.graft.platform.methods.MethodParameterException if the run has no room for it
     */
    Schedule schedule(P params, Horizon horizon);

    /**
     * The schedule of that name.
     *
     * @throws IllegalArgumentException if there is no such schedule
     * @throws io.graft.platform.methods.MethodParameterException naming every bad parameter
     */
    static Schedule choose(String name, Map<String, ? extends @Nullable Object> params, Horizon horizon) {
        return bound(EngineMethods.require(ScheduleMethod.class, name), params, horizon);
    }

    private static <P extends Record> Schedule bound(
            ScheduleMethod<P> method, Map<String, ? extends @Nullable Object> params, Horizon horizon) {
        return method.schedule(method.bind(params), horizon);
    }
}
