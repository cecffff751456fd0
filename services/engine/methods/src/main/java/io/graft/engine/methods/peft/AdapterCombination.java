package io.graft.engine.methods.peft;

import io.graft.engine.methods.EngineMethods;
import io.graft.engine.tensors.Randomness;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Torch;
import io.graft.platform.methods.NameSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes one stored adapter of several, layer by layer, without the base model. */
public final class AdapterCombination {
    private final Torch torch;

    public AdapterCombination(Torch torch) {
        this.torch = torch;
    }

    /** A stored adapter and the weight it is to have; a negative one subtracts it. */
    public record Weighted(Path folder, double weight) {
        /** Refuses a weight that is not finite or 0. */
        public Weighted {
            if (!Double.isFinite(weight) || weight == 0) {
                throw new AdapterException(
                        AdapterProblem.COMBINATION,
                        "weights: " + weight + " is no weight; give a finite one that is not 0");
            }
        }
    }

    /**
     * Combines adapters of one base.
     *
     * @param adapters at least one, in PEFT's format
     * @param method name of a {@link CombinationMethod}
     * @param output the folder of the result, in PEFT's format
     * @throws AdapterException if they cannot be combined in that way
     */
    public void combine(
            List<Weighted> adapters, String method, Map<String, ? extends @Nullable Object> params, Path output)
            throws IOException {
        combine(EngineMethods.require(CombinationMethod.class, method), params, adapters, output);
    }

    private <P extends Record> void combine(
            CombinationMethod<P> method,
            Map<String, ? extends @Nullable Object> values,
            List<Weighted> adapters,
            Path output)
            throws IOException {
        P params = method.bind(values);
        List<AdapterFolder> opened = new ArrayList<>();
        try (Scope scope = torch.scope()) {
            for (Weighted adapter : adapters) {
                opened.add(AdapterFolder.open(adapter.folder()));
            }
            check(opened);
            Randomness.State before = torch.random().state();
            Long seed = method.seed(params);
            if (seed != null) {
                torch.random().reseed(seed);
            }
            SortedMap<String, CombinationMethod.Pair> pairs = pairs(method, params, adapters, opened);
            torch.random().restore(before);
            write(output, pairs, opened.getFirst().config());
        } finally {
            for (AdapterFolder folder : opened) {
                folder.close();
            }
        }
    }

    private <P extends Record> SortedMap<String, CombinationMethod.Pair> pairs(
            CombinationMethod<P> method, P params, List<Weighted> adapters, List<AdapterFolder> opened)
            throws IOException {
        SortedMap<String, CombinationMethod.Pair> pairs = new TreeMap<>();
        List<AdapterLayout> layouts = opened.stream().map(AdapterFolder::layout).toList();
        Set<String> modules = new LinkedHashSet<>();
        layouts.forEach(layout -> modules.addAll(layout.layers().keySet()));
        for (String module : modules) {
            List<CombinationMethod.Part> parts = new ArrayList<>();
            for (int index = 0; index < opened.size(); index++) {
                AdapterLayout.Layer layer = layouts.get(index).layers().get(module);
                if (layer != null) {
                    AdapterFolder folder = opened.get(index);
                    parts.add(new CombinationMethod.Part(
                            folder.read(torch, layer.a()),
                            folder.read(torch, layer.b()),
                            layer.scaling(),
                            adapters.get(index).weight()));
                }
            }
            checkParts(module, parts, method.needsEqualRanks(params));
            pairs.put(module, torch.withoutGradients(() -> method.combine(params, parts)));
        }
        return pairs;
    }

    private static void check(List<AdapterFolder> opened) {
        if (opened.isEmpty()) {
            throw new AdapterException(AdapterProblem.COMBINATION, "There is no adapter to combine; give at least one");
        }
        for (AdapterFolder folder : opened) {
            if (folder.config().dora()) {
                throw new AdapterException(
                        AdapterProblem.COMBINATION, "DoRA adapters cannot be combined: magnitudes do not add up");
            }
            if (folder.config().initialization().changesBase()) {
                throw new AdapterException(
                        AdapterProblem.COMBINATION,
                        "An adapter whose base is a residual cannot be combined; save it as an ordinary one first");
            }
            if (!folder.layout().parameters().isEmpty()) {
                throw new AdapterException(
                        AdapterProblem.COMBINATION,
                        "Adapters with modules_to_save or biases cannot be combined: "
                                + folder.layout().parameters().keySet());
            }
        }
    }

    private static void checkParts(String module, List<CombinationMethod.Part> parts, boolean equalRanks) {
        CombinationMethod.Part first = parts.getFirst();
        for (CombinationMethod.Part part : parts) {
            if (part.a().size(1) != first.a().size(1)
                    || part.b().size(0) != first.b().size(0)) {
                throw new AdapterException(
                        AdapterProblem.SHAPE, module + ": the adapters are for layers of different sizes");
            }
            if (equalRanks && part.rank() != first.rank()) {
                throw new AdapterException(
                        AdapterProblem.COMBINATION,
                        module + ": the ranks " + first.rank() + " and " + part.rank()
                                + " differ; use cat or svd, or a method with product true");
            }
        }
    }

    private static void write(Path output, SortedMap<String, CombinationMethod.Pair> pairs, LoraConfig like)
            throws IOException {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        Map<String, Integer> ranks = new LinkedHashMap<>();
        Map<String, Double> alphas = new LinkedHashMap<>();
        int most = 1;
        for (Map.Entry<String, CombinationMethod.Pair> entry : pairs.entrySet()) {
            tensors.put(AdapterKeys.a(entry.getKey()), entry.getValue().a());
            tensors.put(AdapterKeys.b(entry.getKey()), entry.getValue().b());
            most = Math.max(most, (int) entry.getValue().a().size(0));
        }
        for (Map.Entry<String, CombinationMethod.Pair> entry : pairs.entrySet()) {
            int rank = (int) entry.getValue().a().size(0);
            if (rank != most) {
                ranks.put(entry.getKey(), rank);
                alphas.put(entry.getKey(), (double) rank);
            }
        }
        LoraConfig config = new LoraConfig(
                most,
                most,
                like.dropout(),
                NameSelection.of(List.copyOf(pairs.keySet())),
                NameSelection.NONE,
                List.of(),
                List.of(),
                ranks,
                alphas,
                false,
                false,
                Initialization.KAIMING,
                BiasMode.NONE,
                List.of(),
                like.taskType(),
                like.baseModel());
        Files.createDirectories(output);
        AdapterWriter.tensors(output, tensors);
        Files.writeString(output.resolve(AdapterFolder.CONFIG), AdapterConfigWriter.write(config));
    }
}
