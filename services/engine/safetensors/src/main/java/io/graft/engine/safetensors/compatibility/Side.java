package io.graft.engine.safetensors.compatibility;

import io.graft.engine.safetensors.TensorSpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One model's listing under the name it has in messages. */
record Side(String label, Map<String, TensorSpec> tensors) {
    static Side of(String label, Collection<TensorSpec> listing) {
        Map<String, TensorSpec> byName = new LinkedHashMap<>();
        listing.forEach(tensor -> byName.put(tensor.name(), tensor));
        return new Side(label, byName);
    }

    @Nullable
    TensorSpec find(String tensor) {
        return tensors.get(tensor);
    }

    String describe(String tensor) {
        TensorSpec spec = find(tensor);
        return spec == null ? "absent" : spec.dtype() + " " + spec.shape();
    }

    boolean holdsAdapter() {
        return tensors.keySet().stream().anyMatch(name -> name.contains(".lora_A.") || name.contains(".lora_B."));
    }
}
