package io.graft.engine.methods.peft;

import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An adapter on a model: low-rank factors on some linear layers, and the parameters that are trained whole. While it is on,
 * everything else of the model is frozen. Used by the tensor runtime's thread only.
 */
public final class LoraAdapter {
    /** Where its layers are. */
    private enum State {
        ON,
        OFF,
        MERGED
    }

    private final LoraConfig config;
    private final Map<String, LowRankLayer> layers;
    private final Map<String, LoraInit.Factors> starts;
    private final SavedParameters saved;
    private final Naming naming;
    private final Torch torch;
    private State state = State.ON;

    LoraAdapter(
            LoraConfig config,
            Map<String, LowRankLayer> layers,
            Map<String, LoraInit.Factors> starts,
            SavedParameters saved,
            Naming naming,
            Torch torch) {
        this.config = config;
        this.layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
        this.starts = starts;
        this.saved = saved;
        this.naming = naming;
        this.torch = torch;
    }

    /**
     * Puts a new adapter on a model and freezes the rest.
     *
     * @param home where its factors live
     * @throws AdapterException if the configuration does not fit the model
     */
    public static LoraAdapter create(BaseModel base, LoraConfig config, Scope home) {
        return new AdapterAssembly(base, home).create(config);
    }

    /**
     * Puts a stored adapter in PEFT's format on a model and freezes the rest.
     *
     * @param folder holds {@code adapter_config.json} and {@code adapter_model.safetensors}
     * @throws AdapterException if the files are not sound, ask for something unknown, or do not fit the model
     */
    public static LoraAdapter load(BaseModel base, Path folder, Scope home) throws IOException {
        try (AdapterFolder files = AdapterFolder.open(folder)) {
            return new AdapterAssembly(base, home).load(files);
        }
    }

    /** What it was made with; ranks that EVA shared out are in it. */
    public LoraConfig config() {
        return config;
    }

    /** The adapted layers by the model's names, in its order. */
    public Map<String, LowRankLayer> layers() {
        return layers;
    }

    /** The parameters of the base that are stored whole, by name; all but neutral ones are trained. */
    public Map<String, Parameter> savedParameters() {
        return Collections.unmodifiableMap(saved.byName());
    }

    /** Everything that is trained: what an optimizer gets and a checkpoint keeps. */
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        layers.values().forEach(layer -> all.addAll(layer.parameters()));
        all.addAll(saved.trained());
        return List.copyOf(all);
    }

    /**
     * Groups for the optimizer: B learns {@code ratio} times as fast as the rest (LoRA+, Hayou et al., arXiv 2402.12354);
     * biases, gains and magnitudes do not decay.
     *
     * @param ratio 1 for ordinary LoRA
     */
    public List<ParameterGroup> groups(double ratio) {
        List<Parameter> slow = new ArrayList<>();
        List<Parameter> fast = new ArrayList<>();
        List<Parameter> plain = new ArrayList<>();
        for (LowRankLayer layer : layers.values()) {
            for (Parameter parameter : layer.parameters()) {
                (parameter.equals(layer.b()) ? fast : parameter.value().rank() > 1 ? slow : plain).add(parameter);
            }
        }
        for (Parameter parameter : saved.trained()) {
            (ParameterGroup.decays(parameter) ? slow : plain).add(parameter);
        }
        List<ParameterGroup> groups = new ArrayList<>();
        groups.add(new ParameterGroup("lora_A", slow, 1, 1));
        groups.add(new ParameterGroup("lora_B", fast, ratio, 1));
        if (!plain.isEmpty()) {
            groups.add(new ParameterGroup("not decayed", plain, 1, 0));
        }
        return List.copyOf(groups);
    }

    /** Number of values that are trained. */
    public long trainableCount() {
        return parameters().stream()
                .mapToLong(parameter -> parameter.value().elements())
                .sum();
    }

    /**
     * Writes it into the base weights, which then do alone what they did with it. Either all weights change or none.
     *
     * @param probe computes outputs to compare before and after, or null
     * @throws AdapterException if it is not on, or a merged weight would not be finite
     */
    public MergeReport merge(@Nullable Supplier<Tensor> probe) {
        require(State.ON, "merged");
        MergeReport report = new AdapterMerge(torch, layers.values()).merge(probe);
        state = State.MERGED;
        return report;
    }

    /** Takes it out of the base weights, which are exact to rounding after, and puts it on again. */
    public void unmerge() {
        require(State.MERGED, "unmerged");
        new AdapterMerge(torch, layers.values()).unmerge();
        state = State.ON;
    }

    /**
     * Switches it off, so that the model is the base, or on again. A base that PiSSA or OLoRA changed gets back what they
     * took.
     */
    public void setEnabled(boolean on) {
        require(on ? State.OFF : State.ON, on ? "switched on" : "switched off");
        saved.swap();
        layers.values().forEach(layer -> layer.linear().setAdapter(on ? layer : null));
        starts.forEach((module, start) -> {
            Linear linear = layer(module).linear();
            try (Scope scope = torch.scope()) {
                Tensor taken = LowRankLayer.library(linear)
                        .tensor("delta", start.a(), start.b(), layer(module).scaling());
                linear.weight().value().addInPlace(taken, on ? -1 : 1);
            }
        });
        state = on ? State.ON : State.OFF;
    }

    /**
     * Stores it in PEFT's format, under the names that it was loaded with. What PiSSA and OLoRA start with is converted to an
     * ordinary LoRA of twice the rank against the original base: {@code A' = [A; A0], B' = [B, -B0]}.
     *
     * @param folder is made if it is not there
     */
    public void save(Path folder) throws IOException {
        save(folder, naming);
    }

    /** The same under chosen names; where they are others than it was made with, the targets are spelt out. */
    public void save(Path folder, Naming names) throws IOException {
        AdapterWriter.write(folder, this, starts, names);
    }

    /** The names that its configuration speaks of. */
    Naming naming() {
        return naming;
    }

    Torch torch() {
        return torch;
    }

    private LowRankLayer layer(String module) {
        LowRankLayer layer = layers.get(module);
        if (layer == null) {
            throw new IllegalArgumentException("There is no adapter on " + module);
        }
        return layer;
    }

    private void require(State wanted, String what) {
        if (state != wanted) {
            throw new AdapterException(
                    AdapterProblem.MERGE_STATE,
                    "The adapter cannot be " + what + ": it is " + state.name().toLowerCase(Locale.ROOT));
        }
    }
}
