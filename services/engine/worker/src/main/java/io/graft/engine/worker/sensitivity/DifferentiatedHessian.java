package io.graft.engine.worker.sensitivity;

import io.graft.engine.metrics.sensitivity.HessianProduct;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Torch;
import java.util.List;

/**
 * The gradient of the gradient times the vector (Pearlmutter 1994), exact but for rounding. For networks each of whose
 * operators can be differentiated twice; libtorch's fused attention, and the cross entropy that never holds all logits, can not.
 */
record DifferentiatedHessian(Torch torch, BatchedLoss loss, Weights weights) implements HessianProduct {
    @Override
    public double[] times(double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < loss.parts(); i++) {
            try (Scope scope = torch.scope()) {
                List<Tensor> direction = weights.parts(vector);
                List<Tensor> gradient =
                        Gradients.of(loss.checked(i), weights.tensors(), true).values();
                Tensor along = gradient.getFirst().mul(direction.getFirst()).sum();
                for (int p = 1; p < direction.size(); p++) {
                    along = along.add(gradient.get(p).mul(direction.get(p)).sum());
                }
                if (along.requiresGradient()) {
                    weights.add(product, Gradients.of(along, weights.tensors()).values(), 1);
                }
            }
        }
        return product;
    }
}
