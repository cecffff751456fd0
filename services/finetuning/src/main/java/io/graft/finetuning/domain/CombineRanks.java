package io.graft.finetuning.domain;

import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.Params;
import io.graft.v1.MethodChoice;
import io.graft.v1.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether adapters have the ranks that a way of combining them needs. */
final class CombineRanks {
    private static final String FIRST_FACTOR = ".lora_A.weight";

    /** Ways for which ranks may differ; the others do without them only when they work on the product. */
    private static final Set<String> OF_ANY_RANK = Set.of("cat", "svd");

    private CombineRanks() {}

    /** Notes a method that adds up factors of different ranks. */
    static void check(SpecFields fields, MethodChoice method, List<List<TensorSpec>> adapters) {
        if (OF_ANY_RANK.contains(method.getName()) || Params.of(method).isTrue("product")) {
            return;
        }
        Map<String, Long> ranks = new HashMap<>();
        for (List<TensorSpec> adapter : adapters) {
            for (TensorSpec tensor : adapter) {
                if (tensor.getName().endsWith(FIRST_FACTOR) && tensor.getShapeCount() == 2) {
                    long rank = tensor.getShape(0);
                    long first = ranks.computeIfAbsent(tensor.getName(), name -> rank);
                    if (first != rank) {
                        fields.require(
                                false,
                                "spec.method.name",
                                "is " + method.getName() + ", which adds up factors of one rank, and "
                                        + tensor.getName() + " has ranks " + first + " and " + rank
                                        + "; use cat or svd, or a method with product true");
                        return;
                    }
                }
            }
        }
    }
}
