package io.graft.platform.submission.training;

import io.graft.platform.submission.SpecFields;
import io.graft.v1.ModelVersion;
import io.graft.v1.TensorSpec;
import java.util.List;
import java.util.Set;

/** Whether the weights and the tokens of a version can be trained on with. */
public final class BaseWeights {
    private static final Set<String> TRAINABLE = Set.of("F64", "F32", "F16", "BF16");

    private BaseWeights() {}

    /**
     * Notes weights that are quantised, and a tokenizer with more tokens than the network has embeddings for.
     *
     * @param field that names the version
     */
    public static void check(SpecFields fields, String field, ModelVersion version, List<TensorSpec> tensors) {
        tensors.stream()
                .filter(tensor -> tensor.getName().endsWith("weight") && !TRAINABLE.contains(tensor.getDtype()))
                .findFirst()
                .ifPresent(tensor -> fields.require(
                        false,
                        field,
                        "is quantised: " + tensor.getName() + " is " + tensor.getDtype()
                                + "; name the version with weights in F32, F16 or BF16 that it was made of"));
        long embeddings = Network.of(version).vocabulary();
        long tokens = version.getVocabulary().getSize();
        fields.require(
                embeddings == 0 || tokens <= embeddings,
                field,
                "carries a tokenizer of " + tokens + " tokens, and its network has embeddings for " + embeddings
                        + "; register it with its own tokenizer");
    }
}
