package io.graft.engine.methods.peft;

import io.graft.engine.tensors.LinearAlgebra;
import io.graft.engine.tensors.OperatorLibrary;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where several corrections are mixed: A's and B's apart, which is cheap and adds cross terms, or their products, whose
 * mixture a singular value decomposition brings back to a rank.
 */
final class Mixture {
    private Mixture() {}

    /** What is mixed. */
    enum Space {
        /** A's and B's apart, each with the square root of its weight; needs equal ranks. */
        FACTORS,
        /** The products BA, cut to a rank after. */
        PRODUCT
    }

    /** Mixes tensors of one shape with weights. */
    interface Rule {
        Tensor mix(List<Tensor> tensors, List<Double> weights);
    }

    static CombinationMethod.Pair of(
            Space space, @Nullable Integer rank, List<CombinationMethod.Part> parts, Rule rule) {
        return switch (space) {
            case FACTORS -> factors(parts, rule);
            case PRODUCT -> product(rank, parts, rule);
        };
    }

    /** The sign of a negative weight goes to A only. */
    private static CombinationMethod.Pair factors(List<CombinationMethod.Part> parts, Rule rule) {
        List<Double> forA = new ArrayList<>();
        List<Double> forB = new ArrayList<>();
        for (CombinationMethod.Part part : parts) {
            double root = Math.sqrt(Math.abs(part.share()));
            forA.add(part.share() >= 0 ? root : -root);
            forB.add(root);
        }
        return new CombinationMethod.Pair(
                rule.mix(parts.stream().map(CombinationMethod.Part::a).toList(), forA),
                rule.mix(parts.stream().map(CombinationMethod.Part::b).toList(), forB));
    }

    private static CombinationMethod.Pair product(
            @Nullable Integer rank, List<CombinationMethod.Part> parts, Rule rule) {
        List<Tensor> deltas = parts.stream()
                .map(part -> part.b().matmul(part.a()).mul(part.scaling()))
                .toList();
        List<Double> weights =
                parts.stream().map(CombinationMethod.Part::weight).toList();
        Tensor mixed = rule.mix(deltas, weights);
        int largest =
                parts.stream().mapToInt(CombinationMethod.Part::rank).max().orElseThrow();
        long most = Math.min(mixed.size(0), mixed.size(1));
        long kept = Math.min(most, rank == null ? largest : rank);
        LinearAlgebra.Svd svd = LinearAlgebra.svd(mixed);
        return new CombinationMethod.Pair(
                svd.vh().slice(0, 0, kept).copy(),
                svd.u().slice(1, 0, kept).mul(svd.s().slice(0, 0, kept)));
    }

    static Tensor weightedSum(List<Tensor> tensors, List<Double> weights) {
        Tensor sum = tensors.getFirst().mul(weights.getFirst());
        for (int index = 1; index < tensors.size(); index++) {
            sum = sum.add(tensors.get(index).mul(weights.get(index)));
        }
        return sum;
    }

    /** The mean of those elements whose sign is the elected one (Yadav et al., arXiv 2306.01708). */
    static Tensor electedMean(List<Tensor> tensors, List<Double> weights, MajoritySign majority) {
        List<Tensor> factors = weights.stream()
                .map(weight -> Tensors.scalar(tensors.getFirst().torch(), weight))
                .toList();
        return library(tensors.getFirst()).tensor("elected_mean", tensors, factors, majority == MajoritySign.FREQUENCY);
    }

    /** Each tensor without all but its largest elements. */
    static List<Tensor> largest(List<Tensor> tensors, double density) {
        return tensors.stream()
                .map(tensor -> density == 1
                        ? tensor
                        : library(tensor).tensor("keep_largest", tensor, (long) (density * tensor.elements())))
                .toList();
    }

    /** Each tensor with a random share of its elements, scaled up so that the mean stays. */
    static List<Tensor> random(List<Tensor> tensors, double density) {
        return tensors.stream()
                .map(tensor -> {
                    tensor.torch().random().next();
                    return library(tensor).tensor("keep_random", tensor, density);
                })
                .toList();
    }

    private static OperatorLibrary library(Tensor tensor) {
        return tensor.torch().library(Mixture.class, "combination.torchscript");
    }
}
