package io.graft.engine.models;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.TensorFiles;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Parameter;
import io.graft.engine.tensors.nn.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parameters from a checkpoint, as F32 and frozen; parts of a new head are filled from the seed. */
final class CheckpointWeights implements Weights {
    private static final List<String> DERIVED = List.of(".position_ids", "rotary_emb.inv_freq", ".num_batches_tracked");

    private final Scope home;
    private final Checkpoint checkpoint;
    private final ModelFamily family;
    private final boolean newHead;
    private final Set<String> used = new HashSet<>();
    private final List<String> initialised = new ArrayList<>();
    private final Set<String> neutral = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    CheckpointWeights(Scope home, Checkpoint checkpoint, ModelFamily family, boolean newHead) {
        this.home = home;
        this.checkpoint = checkpoint;
        this.family = family;
        this.newHead = newHead;
    }

    @Override
    public Parameter parameter(String name, Init init, long... shape) {
        return new Parameter(name, home.keep(value(name, init, shape)), false);
    }

    @Override
    public Parameter buffer(String name, Init init, long... shape) {
        return parameter(name, init, shape);
    }

    @Override
    public boolean has(String name) {
        return find(name) != null;
    }

    private @Nullable String find(String name) {
        return Stream.concat(Stream.of(name), family.aliases(name).stream())
                .filter(checkpoint.tensors()::containsKey)
                .findFirst()
                .orElse(null);
    }

    private Tensor value(String name, Init init, long... shape) {
        @Nullable String stored = find(name);
        List<Long> expected = Arrays.stream(shape).boxed().toList();
        boolean fits = stored != null && checkpoint.tensor(stored).shape().equals(expected);
        if (stored != null) {
            used.add(stored);
        }
        if (fits && stored != null) {
            try {
                return TensorFiles.load(home.torch(), checkpoint, stored, DType.F32);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        Tensor value = Tensors.empty(home.torch(), DType.F32, shape);
        if (newHead && isHead(name)) {
            initialised.add(name);
            if (init instanceof Init.Identity) {
                neutral.add(module(name));
            }
            init.fill(value, name);
        } else if (stored == null) {
            problems.add(name + " is not in the weights");
        } else {
            problems.add(stored + " has the shape " + checkpoint.tensor(stored).shape() + ", the configuration says "
                    + expected);
        }
        return value;
    }

    private boolean isHead(String name) {
        return family.heads().stream().anyMatch(name::startsWith);
    }

    /**
     * Ends the building.
     *
     * @return tensors of the checkpoint that the model has no use for: parts of another task
     * @throws ModelException naming every tensor that is missing, misshapen or left over
     */
    List<String> finish() {
        List<String> ignored = new ArrayList<>();
        for (String tensor : checkpoint.tensors().keySet()) {
            boolean derived = DERIVED.stream().anyMatch(tensor::endsWith);
            if (used.contains(tensor) || derived) {
                continue;
            }
            if (newHead && isHead(tensor)) {
                ignored.add(tensor);
            } else {
                problems.add(tensor + " has no place in the model that the configuration describes");
            }
        }
        if (!problems.isEmpty()) {
            throw new ModelException(checkpoint.name(), problems);
        }
        return ignored;
    }

    List<String> initialised() {
        return initialised.stream()
                .filter(name -> !neutral.contains(module(name)))
                .toList();
    }

    List<String> neutral() {
        return initialised.stream()
                .filter(name -> neutral.contains(module(name)))
                .toList();
    }

    private static String module(String parameter) {
        return parameter.substring(0, Math.max(0, parameter.lastIndexOf('.')));
    }
}
