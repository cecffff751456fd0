package io.graft.engine.tensors;

import java.util.List;

/** Decompositions and solvers; inputs may be batches of matrices. */
public final class LinearAlgebra {
    private LinearAlgebra() {}

    /** Thin singular value decomposition {@code x = u diag(s) vh}, singular values descending. */
    public record Svd(Tensor u, Tensor s, Tensor vh) {}

    /** Reduced decomposition {@code x = q r}. */
    public record Qr(Tensor q, Tensor r) {}

    /** Eigenvalues ascending, eigenvectors as columns. */
    public record Eigen(Tensor values, Tensor vectors) {}

    public static Svd svd(Tensor x) {
        List<Tensor> parts = x.torch().algebra().tensors("svd", x);
        return new Svd(parts.get(0), parts.get(1), parts.get(2));
    }

    /** Singular values, descending. */
    public static Tensor singularValues(Tensor x) {
        return x.torch().algebra().tensor("svdvals", x);
    }

    public static Qr qr(Tensor x) {
        List<Tensor> parts = x.torch().algebra().tensors("qr", x);
        return new Qr(parts.get(0), parts.get(1));
    }

    /** Of a symmetric matrix. */
    public static Eigen eigh(Tensor x) {
        List<Tensor> parts = x.torch().algebra().tensors("eigh", x);
        return new Eigen(parts.get(0), parts.get(1));
    }

    /** Lower factor of a symmetric positive definite matrix. */
    public static Tensor cholesky(Tensor x) {
        return x.torch().algebra().tensor("cholesky", x);
    }

    /** The x of {@code a x = b}. */
    public static Tensor solve(Tensor a, Tensor b) {
        return a.torch().algebra().tensor("solve", a, b);
    }

    /** The x of {@code a x = b} with a triangular {@code a}. */
    public static Tensor solveTriangular(Tensor a, Tensor b, boolean upper) {
        return a.torch().algebra().tensor("solve_triangular", a, b, upper);
    }

    /** The x of least norm that minimises {@code |a x - b|}. */
    public static Tensor leastSquares(Tensor a, Tensor b) {
        return a.torch().algebra().tensor("lstsq", a, b);
    }

    public static Tensor inverse(Tensor x) {
        return x.torch().algebra().tensor("inverse", x);
    }

    public static Tensor outer(Tensor x, Tensor y) {
        return x.torch().algebra().tensor("outer", x, y);
    }

    /** Sum of products in Einstein's notation, as torch.einsum. */
    public static Tensor einsum(String equation, Tensor... xs) {
        return xs[0].torch().algebra().tensor("einsum", equation, List.of(xs));
    }
}
