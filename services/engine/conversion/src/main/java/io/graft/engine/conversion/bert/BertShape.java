package io.graft.engine.conversion.bert;

import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sizes of a BERT encoder (Devlin et al., arXiv 1810.04805) and the tensors that follow from them, named as the Hugging
 * Face {@code BertModel} names them. All sizes are positive.
 *
 * @param pooler whether the dense layer over the first token is there
 */
public record BertShape(
        long vocabulary, long positions, long tokenTypes, long hidden, long intermediate, int layers, boolean pooler) {

    /** Every tensor by name, float32, in the order of the modules. Linear weights are out x in. */
    public Map<String, TensorSpec> tensors() {
        List<TensorSpec> tensors = new ArrayList<>();
        tensors.add(matrix("embeddings.word_embeddings", vocabulary, hidden));
        tensors.add(matrix("embeddings.position_embeddings", positions, hidden));
        tensors.add(matrix("embeddings.token_type_embeddings", tokenTypes, hidden));
        addNorm(tensors, "embeddings.LayerNorm");
        for (int layer = 0; layer < layers; layer++) {
            String prefix = "encoder.layer." + layer + ".";
            addLinear(tensors, prefix + "attention.self.query", hidden, hidden);
            addLinear(tensors, prefix + "attention.self.key", hidden, hidden);
            addLinear(tensors, prefix + "attention.self.value", hidden, hidden);
            addLinear(tensors, prefix + "attention.output.dense", hidden, hidden);
            addNorm(tensors, prefix + "attention.output.LayerNorm");
            addLinear(tensors, prefix + "intermediate.dense", intermediate, hidden);
            addLinear(tensors, prefix + "output.dense", hidden, intermediate);
            addNorm(tensors, prefix + "output.LayerNorm");
        }
        if (pooler) {
            addLinear(tensors, "pooler.dense", hidden, hidden);
        }
        Map<String, TensorSpec> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        return byName;
    }

    private static void addLinear(List<TensorSpec> tensors, String module, long out, long in) {
        tensors.add(matrix(module, out, in));
        tensors.add(new TensorSpec(module + ".bias", Dtype.F32, List.of(out)));
    }

    private void addNorm(List<TensorSpec> tensors, String module) {
        tensors.add(new TensorSpec(module + ".weight", Dtype.F32, List.of(hidden)));
        tensors.add(new TensorSpec(module + ".bias", Dtype.F32, List.of(hidden)));
    }

    private static TensorSpec matrix(String module, long rows, long columns) {
        return new TensorSpec(module + ".weight", Dtype.F32, List.of(rows, columns));
    }
}
