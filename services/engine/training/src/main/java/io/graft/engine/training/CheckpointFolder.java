package io.graft.engine.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.TensorFiles;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint on disk: {@code training_state.json}, {@code trained.safetensors}, {@code optimizer.safetensors}, and
 * {@code best.safetensors} where the best weights are kept.
 */
record CheckpointFolder(Torch torch, Path folder) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String STATE = "training_state.json";
    private static final String TRAINED = "trained";
    private static final String OPTIMIZER = "optimizer";
    private static final String BEST = "best";

    void write(TrainingState state, Trained run, Map<String, Tensor> best) throws IOException {
        Files.createDirectories(folder);
        save(TRAINED, values(run.kept()));
        save(OPTIMIZER, run.optimizer().state());
        if (!best.isEmpty()) {
            save(BEST, best);
        }
        Files.write(folder.resolve(STATE), JSON.writeValueAsBytes(state));
    }

    TrainingState state() throws IOException {
        return JSON.readValue(folder.resolve(STATE).toFile(), TrainingState.class);
    }

    /** Copies everything into the run. */
    void restore(Trained run) throws IOException {
        try (Scope scope = torch.scope()) {
            copy(load(TRAINED), values(run.kept()));
            run.optimizer().restore(load(OPTIMIZER));
        }
    }

    /** The best weights, in a scope; empty when there are none. */
    Map<String, Tensor> best(Scope home) throws IOException {
        if (!Files.exists(folder.resolve(BEST + ".safetensors"))) {
            return Map.of();
        }
        Map<String, Tensor> best = load(BEST);
        best.values().forEach(home::keep);
        return best;
    }

    static Map<String, Tensor> values(List<Parameter> parameters) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        parameters.forEach(
                parameter -> values.put(parameter.name(), parameter.value().detach()));
        return values;
    }

    /** Overwrites tensors with those of the same names. */
    static void copy(Map<String, Tensor> from, Map<String, Tensor> to) {
        if (!from.keySet().equals(to.keySet())) {
            throw new IllegalArgumentException(
                    "The checkpoint is of another run: it holds " + from.keySet() + ", the run trains " + to.keySet());
        }
        to.forEach((name, tensor) -> {
            Tensor other = from.get(name);
            if (other != null) {
                tensor.copyInPlace(other);
            }
        });
    }

    private Map<String, Tensor> load(String stem) throws IOException {
        try (Checkpoint file = Checkpoint.openFile(folder.resolve(stem + ".safetensors"))) {
            return TensorFiles.loadAll(torch, file);
        }
    }

    private void save(String stem, Map<String, Tensor> tensors) throws IOException {
        TensorFiles.save(tensors, folder, stem, Map.of("format", "pt"), Long.MAX_VALUE);
    }
}
