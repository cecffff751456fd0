package io.graft.engine.weights.diagnostics;

import io.graft.engine.safetensors.compatibility.PlannedTensor;
import io.graft.engine.safetensors.compatibility.TensorAction;
import io.graft.engine.weights.arithmetic.ChunkSums;

/**
 * One tensor's figures. Difference means fine-tuned minus source base, without lambda; gap means target base minus source
 * base. Norms are Frobenius norms. A figure that is undefined, because a norm is zero, because the operation has no such
 * input, or because the tensor was copied, is NaN and written as null.
 *
 * @param elements how many elements the figures are taken over
 * @param differenceNorm norm of the difference
 * @param sourceNorm norm of the source base
 * @param relativeNorm differenceNorm / sourceNorm
 * @param gapNorm norm of the gap
 * @param cosine cosine between difference and gap, -1 to 1
 * @param signAgreement share of elements where difference and gap have one sign, two zeros included
 * @param sparsity share of elements where the difference is zero
 * @param largestDifference largest magnitude in the difference
 */
public record TensorDiagnostics(
        String name,
        String dtype,
        TensorAction action,
        long elements,
        double differenceNorm,
        double sourceNorm,
        double relativeNorm,
        double gapNorm,
        double cosine,
        double signAgreement,
        double sparsity,
        double largestDifference) {

    static TensorDiagnostics of(PlannedTensor tensor, ChunkSums sums, ModelSides sides) {
        return of(tensor.output().name(), tensor.output().dtype().name(), tensor.action(), sums, sides);
    }

    static TensorDiagnostics of(String name, String dtype, TensorAction action, ChunkSums sums, ModelSides sides) {
        double difference = Math.sqrt(sums.deltaSquares());
        double source = sides.hasBase() ? Math.sqrt(sums.baseSquares()) : Double.NaN;
        boolean both = sides.hasBase() && sides.hasTarget();
        double gap = both ? Math.sqrt(sums.gapSquares()) : Double.NaN;
        boolean any = sums.elements() > 0;
        return new TensorDiagnostics(
                name,
                dtype,
                action,
                sums.elements(),
                any ? difference : Double.NaN,
                any ? source : Double.NaN,
                ratio(difference, source),
                any ? gap : Double.NaN,
                ratio(sums.products(), difference * gap),
                both ? ratio((double) sums.agreements(), (double) sums.elements()) : Double.NaN,
                ratio((double) sums.zeroDeltas(), (double) sums.elements()),
                any ? sums.largestDelta() : Double.NaN);
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? Double.NaN : part / whole;
    }
}
