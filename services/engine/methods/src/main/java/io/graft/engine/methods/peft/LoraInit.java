package io.graft.engine.methods.peft;

import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.LinearAlgebra;
import io.graft.engine.tensors.OperatorLibrary;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Linear;

/** First values of A and B; what is drawn depends on the seed and the module's name only. */
final class LoraInit {
    private final Linear linear;
    private final LoraTarget target;
    private final Torch torch;

    LoraInit(Linear linear, LoraTarget target) {
        this.linear = linear;
        this.target = target;
        this.torch = linear.weight().value().torch();
    }

    /** A [r, in] and B [out, r]. */
    record Factors(Tensor a, Tensor b) {}

    /** The factors, in the innermost scope. PiSSA and OLoRA leave the rest of the weight in the base. */
    Factors factors(Initialization initialization) {
        return switch (initialization) {
            // What EVA starts with before it has seen inputs is replaced by them.
            case KAIMING, EVA -> new Factors(filled(a(), Init.fanIn(linear.inputs()), "lora_A"), b());
            case GAUSSIAN -> new Factors(filled(a(), new Init.Normal(1.0 / target.rank()), "lora_A"), b());
            case RANDOM ->
                new Factors(
                        filled(a(), Init.fanIn(linear.inputs()), "lora_A"),
                        filled(b(), Init.fanIn(target.rank()), "lora_B"));
            case PISSA -> takenFromBase(principal());
            case OLORA -> takenFromBase(orthonormal());
            case ORTHOGONAL -> orthogonal();
        };
    }

    private Tensor a() {
        return Tensors.zeros(torch, DType.F32, target.rank(), linear.inputs());
    }

    private Tensor b() {
        return Tensors.zeros(torch, DType.F32, linear.outputs(), target.rank());
    }

    private Tensor filled(Tensor tensor, Init init, String part) {
        init.fill(tensor, target.module() + "." + part);
        return tensor;
    }

    /** {@code W = U S V^T: A = sqrt(S_r / s) V_r^T, B = U_r sqrt(S_r / s)} (Meng et al., arXiv 2404.02948). */
    private Factors principal() {
        LinearAlgebra.Svd svd = LinearAlgebra.svd(weight());
        Tensor root = svd.s().slice(0, 0, target.rank()).div(target.scaling()).sqrt();
        Tensor a = svd.vh().slice(0, 0, target.rank()).mul(root.unsqueeze(1));
        Tensor b = svd.u().slice(1, 0, target.rank()).mul(root);
        return new Factors(a, b);
    }

    /** {@code W = Q R: A = R_r, B = Q_r} (Büyükakyüz, arXiv 2406.01775). */
    private Factors orthonormal() {
        LinearAlgebra.Qr qr = LinearAlgebra.qr(weight());
        return new Factors(
                qr.r().slice(0, 0, target.rank()).copy(),
                qr.q().slice(1, 0, target.rank()).copy());
    }

    private Factors takenFromBase(Factors factors) {
        OperatorLibrary library = LowRankLayer.library(linear);
        try (Scope scope = torch.scope()) {
            Tensor delta = library.tensor("delta", factors.a(), factors.b(), target.scaling());
            linear.weight().value().copyInPlace(weight().sub(delta));
        }
        return factors;
    }

    private Tensor weight() {
        return linear.weight().value().detach();
    }

    /** Halves of a random orthogonal [r, r] matrix times random matrices, a tenth of each, as PEFT has it; r is even. */
    private Factors orthogonal() {
        int rank = target.rank();
        if (rank % 2 != 0) {
            throw new AdapterException(
                    AdapterProblem.CONFIG_VALUE,
                    "r: an orthogonal start needs an even rank, " + target.module() + " has " + rank);
        }
        Init normal = new Init.Normal(1);
        Tensor square = filled(Tensors.zeros(torch, DType.F32, rank, rank), normal, "lora_Q");
        Tensor q = LinearAlgebra.qr(square).q();
        long half = rank / 2;
        Tensor left = filled(Tensors.zeros(torch, DType.F32, linear.inputs(), half), normal, "lora_A");
        Tensor right = filled(Tensors.zeros(torch, DType.F32, linear.outputs(), half), normal, "lora_B");
        return new Factors(
                left.matmul(q.slice(0, 0, half)).div(10).t().copy(),
                right.matmul(q.slice(0, half, rank)).div(10));
    }
}
