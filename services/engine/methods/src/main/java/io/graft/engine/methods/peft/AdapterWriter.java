package io.graft.engine.methods.peft;

import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.TensorFiles;
import io.graft.engine.tensors.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Stores an adapter in PEFT's format, as F32, under PEFT's names in their order. */
final class AdapterWriter {
    private AdapterWriter() {}

    static void write(Path folder, LoraAdapter adapter, Map<String, LoraInit.Factors> starts, Naming names)
            throws IOException {
        Files.createDirectories(folder);
        try (Scope scope = adapter.torch().scope()) {
            SortedMap<String, Tensor> tensors = tensors(adapter, starts, names);
            tensors(folder, tensors);
        }
        LoraConfig named = names == adapter.naming() ? adapter.config() : NewConfig.spelled(adapter, names);
        LoraConfig config = starts.isEmpty() ? named : doubled(named);
        Files.writeString(folder.resolve(AdapterFolder.CONFIG), AdapterConfigWriter.write(config));
    }

    /** Writes {@code adapter_model.safetensors}, in one file whatever its size, since PEFT reads no shards. */
    static void tensors(Path folder, SortedMap<String, Tensor> tensors) throws IOException {
        TensorFiles.save(tensors, folder, "adapter_model", Map.of("format", "pt"), Long.MAX_VALUE);
    }

    private static SortedMap<String, Tensor> tensors(
            LoraAdapter adapter, Map<String, LoraInit.Factors> starts, Naming names) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        adapter.layers().forEach((module, layer) -> {
            Tensor a = layer.a().value().detach();
            Tensor b = layer.b().value().detach();
            LoraInit.Factors start = starts.get(module);
            if (start != null) {
                a = Tensors.concat(List.of(a, start.a()), 0);
                b = Tensors.concat(List.of(b, start.b().neg()), 1);
            }
            tensors.put(AdapterKeys.a(names.fileName(module)), a);
            tensors.put(AdapterKeys.b(names.fileName(module)), b);
            if (layer instanceof DoraLayer dora) {
                tensors.put(
                        AdapterKeys.magnitude(names.fileName(module)),
                        dora.magnitude().value().detach());
            }
        });
        adapter.savedParameters().forEach((name, parameter) -> {
            String module = name.endsWith(".bias") ? name.substring(0, name.length() - ".bias".length()) : "";
            String key = adapter.layers().containsKey(module)
                    ? AdapterKeys.wrappedBias(names.fileName(module))
                    : AdapterKeys.saved(names.fileName(name));
            tensors.put(key, parameter.value().detach());
        });
        return tensors;
    }

    /** Twice the rank at the same scaling. */
    private static LoraConfig doubled(LoraConfig config) {
        double factor = config.rankStabilized() ? Math.sqrt(2) : 2;
        Map<String, Integer> ranks = new LinkedHashMap<>();
        config.rankPattern().forEach((key, rank) -> ranks.put(key, 2 * rank));
        Map<String, Double> alphas = new LinkedHashMap<>();
        config.alphaPattern().forEach((key, alpha) -> alphas.put(key, factor * alpha));
        return config.converted(2 * config.rank(), factor * config.alpha(), ranks, alphas);
    }
}
