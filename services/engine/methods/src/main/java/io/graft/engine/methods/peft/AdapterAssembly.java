package io.graft.engine.methods.peft;

import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Parameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts adapters on a model, new ones or stored ones. Whatever is refused is refused before the model changes. */
final class AdapterAssembly {
    private final BaseModel base;
    private final Scope home;
    private final Torch torch;
    private final Map<String, Linear> linears;

    AdapterAssembly(BaseModel base, Scope home) {
        this.base = base;
        this.home = home;
        this.torch = home.torch();
        this.linears = base.module().linears();
    }

    LoraAdapter create(LoraConfig asked) {
        LoraConfig config = NewConfig.of(asked, base);
        List<LoraTarget> targets = new TargetMatcher(config).match(linears.keySet(), base.heads());
        checkRanks(targets);
        requireBare();
        base.module().setTrainable(false);
        Map<String, LowRankLayer> layers = new LinkedHashMap<>();
        Map<String, LoraInit.Factors> starts = new LinkedHashMap<>();
        for (LoraTarget target : targets) {
            Linear linear = linear(target.module());
            LoraInit.Factors factors = torch.withoutGradients(() -> start(linear, target, config));
            if (config.initialization().changesBase()) {
                starts.put(
                        target.module(),
                        new LoraInit.Factors(
                                home.keep(factors.a().copy()),
                                home.keep(factors.b().copy())));
            }
            layers.put(target.module(), layer(config, linear, target.scaling(), factors, null));
        }
        return finish(config, untrained(asked), layers, starts, Naming.CHECKPOINT);
    }

    /** A new adapter whose A's are what EVA found, with the ranks that it shared out. */
    LoraAdapter create(LoraConfig asked, EvaStart eva) {
        LoraConfig config = NewConfig.of(asked, base);
        List<LoraTarget> targets = new TargetMatcher(config).match(linears.keySet(), base.heads());
        checkRanks(targets);
        requireBare();
        Map<String, Tensor> components = eva.components(targets, linears, torch, home);
        LoraConfig shared = NewConfig.withRanks(config, targets, components);
        base.module().setTrainable(false);
        Map<String, LowRankLayer> layers = new LinkedHashMap<>();
        for (LoraTarget target : targets) {
            Tensor a = components.get(target.module());
            if (a != null) {
                Linear linear = linear(target.module());
                Tensor b = home.keep(Tensors.zeros(torch, DType.F32, linear.outputs(), a.size(0)));
                layers.put(target.module(), layer(shared, linear, target.scaling(), new LoraInit.Factors(a, b), null));
            }
        }
        return finish(shared, untrained(asked), layers, Map.of(), Naming.CHECKPOINT);
    }

    private LoraInit.Factors start(Linear linear, LoraTarget target, LoraConfig config) {
        try (Scope scope = torch.scope()) {
            LoraInit.Factors factors = new LoraInit(linear, target).factors(config.initialization());
            return new LoraInit.Factors(
                    home.keep(factors.a().copy()), home.keep(factors.b().copy()));
        }
    }

    LoraAdapter load(AdapterFolder files) throws IOException {
        LoraConfig config = files.config();
        AdapterLayout layout = files.layout();
        Map<String, String> names = moduleNames(layout);
        requireBare();
        Map<String, LoraInit.Factors> stored = new LinkedHashMap<>();
        Map<String, Tensor> magnitudes = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : names.entrySet()) {
            AdapterLayout.Layer layer = layer(layout, entry.getValue());
            stored.put(
                    entry.getKey(),
                    new LoraInit.Factors(
                            home.keep(files.read(torch, layer.a())), home.keep(files.read(torch, layer.b()))));
            if (layer.magnitude() != null) {
                magnitudes.put(entry.getKey(), home.keep(files.read(torch, layer.magnitude())));
            }
        }
        Map<Parameter, Tensor> parameters = parameters(files, layout);
        base.module().setTrainable(false);
        Map<String, LowRankLayer> layers = new LinkedHashMap<>();
        Map<String, LoraInit.Factors> starts = new LinkedHashMap<>();
        stored.forEach((module, factors) -> {
            AdapterLayout.Layer layer = layer(layout, String.valueOf(names.get(module)));
            Linear linear = linear(module);
            if (config.initialization().changesBase()) {
                LoraTarget target = new LoraTarget(module, layer.rank(), layer.scaling());
                starts.put(module, torch.withoutGradients(() -> start(linear, target, config)));
            }
            layers.put(module, layer(config, linear, layer.scaling(), factors, magnitudes.get(module)));
        });
        boolean renamed =
                names.entrySet().stream().anyMatch(entry -> !entry.getKey().equals(entry.getValue()));
        LoraAdapter adapter =
                finish(config, Set.of(), layers, starts, renamed ? Naming.TRANSFORMERS_5 : Naming.CHECKPOINT);
        parameters.forEach((parameter, value) -> parameter.value().copyInPlace(value));
        return adapter;
    }

    /** Neutral modules that nobody asked to train. */
    private Set<String> untrained(LoraConfig asked) {
        TargetMatcher matcher = new TargetMatcher(asked);
        return base.neutral().stream()
                .filter(module -> !matcher.isSaved(module))
                .collect(Collectors.toUnmodifiableSet());
    }

    private LoraAdapter finish(
            LoraConfig config,
            Set<String> untrained,
            Map<String, LowRankLayer> layers,
            Map<String, LoraInit.Factors> starts,
            Naming naming) {
        layers.values().forEach(layer -> layer.linear().setAdapter(layer));
        SavedParameters saved = new SavedParameters(base.module(), config, layers.keySet(), home);
        saved.setTrainable(untrained);
        return new LoraAdapter(config, layers, starts, saved, naming, torch);
    }

    private LowRankLayer layer(
            LoraConfig config, Linear linear, double scaling, LoraInit.Factors factors, @Nullable Tensor magnitude) {
        Parameter a = new Parameter(linear.name() + ".lora_A.weight", factors.a(), true);
        Parameter b = new Parameter(linear.name() + ".lora_B.weight", factors.b(), true);
        if (!config.dora()) {
            return new LoraLayer(linear, a, b, scaling, config.dropout());
        }
        Tensor start = magnitude == null
                ? home.keep(torch.withoutGradients(() -> LowRankLayer.library(linear)
                        .tensor("row_norms", linear.weight().value(), factors.a(), factors.b(), scaling)))
                : magnitude;
        Parameter m = new Parameter(linear.name() + ".lora_magnitude_vector", start, true);
        return new DoraLayer(linear, a, b, m, scaling, config.dropout());
    }

    private Linear linear(String module) {
        Linear linear = linears.get(module);
        if (linear == null) {
            throw new AdapterException(AdapterProblem.UNKNOWN_MODULE, "the model has no linear module " + module);
        }
        return linear;
    }

    private static AdapterLayout.Layer layer(AdapterLayout layout, String name) {
        AdapterLayout.Layer layer = layout.layers().get(name);
        if (layer == null) {
            throw new IllegalArgumentException("There is no layer " + name);
        }
        return layer;
    }

    private void requireBare() {
        linears.forEach((name, linear) -> {
            if (linear.adapter() != null) {
                throw new AdapterException(
                        AdapterProblem.MERGE_STATE, name + " has an adapter already; merge it or take it off first");
            }
        });
    }

    private void checkRanks(List<LoraTarget> targets) {
        List<String> wrong = new ArrayList<>();
        for (LoraTarget target : targets) {
            Linear linear = linear(target.module());
            long most = Math.min(linear.inputs(), linear.outputs());
            if (target.rank() > most) {
                wrong.add(
                        "r: " + target.rank() + " is more than " + target.module() + " can use; give at most " + most);
            }
        }
        if (!wrong.isEmpty()) {
            throw new AdapterException(AdapterProblem.CONFIG_VALUE, wrong);
        }
    }

    /** The file's module names by the model's, whose shapes must fit. */
    private Map<String, String> moduleNames(AdapterLayout layout) {
        Map<String, String> names = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        List<String> misfits = new ArrayList<>();
        layout.layers().forEach((name, layer) -> {
            String module = ModuleAliases.resolve(name, linears::containsKey);
            Linear linear = linears.get(module);
            if (linear == null) {
                unknown.add(name);
            } else if (linear.inputs() != layer.in() || linear.outputs() != layer.out()) {
                misfits.add(name + " is for " + layer.in() + " in and " + layer.out() + " out, the model has "
                        + linear.inputs() + " and " + linear.outputs());
            } else {
                names.put(module, name);
            }
        });
        if (!unknown.isEmpty()) {
            throw new AdapterException(
                    AdapterProblem.UNKNOWN_MODULE,
                    "the model has no linear module " + String.join(", ", unknown) + "; is it the right base?");
        }
        if (!misfits.isEmpty()) {
            throw new AdapterException(AdapterProblem.SHAPE, misfits);
        }
        return names;
    }

    private Map<Parameter, Tensor> parameters(AdapterFolder files, AdapterLayout layout) throws IOException {
        Map<String, Parameter> known = new LinkedHashMap<>();
        base.module().parameters().forEach(parameter -> known.put(parameter.name(), parameter));
        Map<Parameter, Tensor> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : layout.parameters().entrySet()) {
            Parameter parameter = known.get(ModuleAliases.resolve(entry.getKey(), known::containsKey));
            if (parameter == null) {
                throw new AdapterException(
                        AdapterProblem.UNKNOWN_MODULE, "the model has no parameter " + entry.getKey());
            }
            Tensor value = home.keep(files.read(torch, entry.getValue()));
            if (!Arrays.equals(value.shape(), parameter.value().shape())) {
                throw new AdapterException(
                        AdapterProblem.SHAPE, entry.getKey() + " is " + value + ", the model has " + parameter);
            }
            values.put(parameter, value);
        }
        return values;
    }
}
