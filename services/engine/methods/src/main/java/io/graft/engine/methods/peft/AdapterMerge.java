package io.graft.engine.methods.peft;

import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes adapters into the weights of their layers and takes them out again, one layer's memory at a time. */
final class AdapterMerge {
    private final Torch torch;
    private final Collection<LowRankLayer> layers;

    AdapterMerge(Torch torch, Collection<LowRankLayer> layers) {
        this.torch = torch;
        this.layers = layers;
    }

    /**
     * Merges all layers, or none.
     *
     * @param probe computes outputs to compare before and after, or null
     * @throws AdapterException if a merged weight would not be finite
     */
    MergeReport merge(@Nullable Supplier<Tensor> probe) {
        return torch.withoutGradients(() -> {
            try (Scope scope = torch.scope()) {
                Map<String, MergeReport.Change> changes = check();
                Tensor before = probe == null ? null : scope.keep(probe.get().detach());
                for (LowRankLayer layer : layers) {
                    write(layer, layer::mergedWeight);
                    layer.linear().setAdapter(null);
                }
                return new MergeReport(changes, before == null || probe == null ? null : gap(before, probe.get()));
            }
        });
    }

    void unmerge() {
        torch.withoutGradients(() -> {
            for (LowRankLayer layer : layers) {
                write(layer, layer::unmergedWeight);
                layer.linear().setAdapter(layer);
            }
            return true;
        });
    }

    private Map<String, MergeReport.Change> check() {
        Map<String, MergeReport.Change> changes = new LinkedHashMap<>();
        List<String> broken = new ArrayList<>();
        for (LowRankLayer layer : layers) {
            try (Scope each = torch.scope()) {
                Tensor weight = layer.linear().weight().value().detach();
                Tensor merged = layer.mergedWeight();
                if (merged.allFinite()) {
                    Tensor change = merged.sub(weight);
                    changes.put(
                            layer.linear().name(),
                            new MergeReport.Change(
                                    change.norm().item() / weight.norm().item(), greatest(change)));
                } else {
                    broken.add(layer.linear().name());
                }
            }
        }
        if (!broken.isEmpty()) {
            throw new AdapterException(
                    AdapterProblem.MERGE_NOT_FINITE,
                    "The merged weights of " + String.join(", ", broken)
                            + " would not be finite; nothing was changed. Train the adapter again with a lower rate");
        }
        return changes;
    }

    private void write(LowRankLayer layer, Supplier<Tensor> weight) {
        try (Scope each = torch.scope()) {
            layer.linear().weight().value().copyInPlace(weight.get());
        }
    }

    private static double gap(Tensor before, Tensor after) {
        return greatest(after.detach().sub(before));
    }

    private static double greatest(Tensor tensor) {
        return Tensors.shaped("amax", tensor.abs().reshape(-1), new long[] {0}, false)
                .item();
    }
}
