package io.graft.engine.worker.training;

import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Gives a model the head of another one of the same architecture. */
public final class TaskHead {
    private TaskHead() {}

    /** Overwrites what belongs to the task and not to the model below it. */
    public static void copy(Torch torch, Path from, Model to, OpenOptions options) throws IOException {
        Model other = ModelFamilies.load().open(torch.root(), from, options).model();
        List<String> heads = ModelFamilies.load().heads(to);
        for (Parameter parameter : to.parameters()) {
            if (heads.stream().anyMatch(parameter.name()::startsWith)) {
                parameter.value().copyInPlace(other.parameter(parameter.name()).value());
            }
        }
    }
}
