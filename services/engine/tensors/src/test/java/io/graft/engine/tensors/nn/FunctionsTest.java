package io.graft.engine.tensors.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.LinearAlgebra;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsTest {
    private final Torch torch = Torch.open(TorchSettings.threads(1).withSeed(7));

    @AfterEach
    void close() {
        torch.close();
    }

    private Tensor normal(String name, long... shape) {
        Tensor tensor = Tensors.zeros(torch, DType.F32, shape);
        new Init.Normal(1).fill(tensor, name);
        return tensor;
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0.1, 0, 0", "0.1, 0, 13", "0, 0.01, 3"})
    void chunkedCrossEntropyIsThePlainOneInValueAndGradient(double smoothing, double z, double divisor) {
        long classes = 300_000;
        Tensor hidden = normal("hidden", 37, 4).requireGradient(true);
        Tensor weight = normal("weight", classes, 4).requireGradient(true);
        long[] ids = new long[37];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i % 5 == 0 ? Losses.IGNORED : (i * 7919L) % classes;
        }
        Tensor target = Tensors.of(torch, ids, 37);
        Losses.Counted chunked =
                Losses.linearCrossEntropy(hidden, weight, target, new Losses.Reduction(smoothing, z, divisor));
        Tensor plain =
                plainLoss(hidden.to(DType.F64).matmul(weight.to(DType.F64).t()), target, smoothing, z);
        Tensor single = plainLoss(hidden.matmul(weight.t()), target, smoothing, z);
        double ratio = divisor == 0 ? 1 : 29 / divisor;
        assertThat(chunked.count().item()).isEqualTo(29);
        assertThat(chunked.loss().item()).isCloseTo(plain.item() * ratio, within(1e-4));
        Gradients a = Gradients.of(chunked.loss().mul(2), List.of(hidden, weight));
        Gradients b = Gradients.of(plain.mul(2 * ratio), List.of(hidden, weight));
        Gradients c = Gradients.of(single.mul(2 * ratio), List.of(hidden, weight));
        for (int i = 0; i < 2; i++) {
            Tensor exact = b.values().get(i);
            assertThat(distance(a.values().get(i), exact))
                    .as(
                            "no further from float64 than float32 without chunks, whose sums over the classes round as much")
                    .isLessThan(1.5 * distance(c.values().get(i), exact)
                            + 1e-6 * exact.abs().sum().item());
        }
    }

    private Tensor plainLoss(Tensor logits, Tensor target, double smoothing, double z) {
        Tensor kept = Tensors.arithmetic("gt", target, Tensors.of(torch, new long[] {-1}, 1))
                .to(logits.dtype());
        Tensor penalty =
                Functional.logSumExp(logits, 1, false).pow(2).mul(kept).sum().mul(z / 29);
        return Losses.crossEntropy(logits, target, smoothing).add(penalty);
    }

    private static double distance(Tensor a, Tensor b) {
        return a.sub(b).abs().sum().item();
    }

    @Test
    void chunkedCrossEntropyWithAFrozenHeadTrainsTheRest() {
        Tensor hidden = normal("hidden", 8, 4).requireGradient(true);
        Tensor weight = normal("weight", 10, 4);
        Tensor target = Tensors.arange(torch, 0, 8);
        Tensor loss = Losses.linearCrossEntropy(hidden, weight, target, Losses.Reduction.MEAN)
                .loss();
        Tensor plain = Losses.crossEntropy(hidden.matmul(weight.t()), target, 0);
        assertThat(Gradients.of(loss, List.of(hidden)).values().getFirst().toFloats())
                .containsExactly(
                        Gradients.of(plain, List.of(hidden)).values().getFirst().toFloats(), within(1e-6f));
        assertThat(torch.withoutGradients(
                                () -> Losses.linearCrossEntropy(hidden, weight, target, Losses.Reduction.MEAN))
                        .loss()
                        .item())
                .isCloseTo(plain.item(), within(1e-5));
    }

    @Test
    void attentionIsItsDefinition() {
        Tensor q = normal("q", 2, 5, 8);
        Tensor k = normal("k", 2, 5, 4);
        Tensor v = normal("v", 2, 5, 4);
        Tensor got = Attention.selfAttention(q, k, v, 2, new Attention.Rules(null, true, 0));
        Tensor qs = q.reshape(2, 5, 4, 2).transpose(1, 2);
        Tensor ks = Tensors.shaped("repeat_interleave", k.reshape(2, 5, 2, 2).transpose(1, 2), 2, 1);
        Tensor vs = Tensors.shaped("repeat_interleave", v.reshape(2, 5, 2, 2).transpose(1, 2), 2, 1);
        Tensor scores = qs.matmul(ks.t()).mul(1 / Math.sqrt(2));
        Tensor later = Tensors.shaped("triu", Tensors.full(torch, DType.F32, 1, 5, 5), 1)
                .to(DType.BOOL);
        Tensor weights =
                Functional.softmax(Tensors.arithmetic("masked_fill", scores, later, Double.NEGATIVE_INFINITY), -1);
        Tensor expected = weights.matmul(vs).transpose(1, 2).reshape(2, 5, 8);
        assertThat(got.toFloats()).containsExactly(expected.toFloats(), within(1e-5f));
    }

    @Test
    void aCacheGivesWhatTheWholeSequenceGives() {
        Tensor q = normal("q", 1, 4, 8);
        Tensor k = normal("k", 1, 4, 4);
        Tensor v = normal("v", 1, 4, 4);
        Tensor cos = normal("cos", 4, 2);
        Tensor sin = normal("sin", 4, 2);
        Tensor whole =
                Attention.rotary(q, k, v, 2, new Attention.Rotation(cos, sin), new Attention.Rules(null, true, 0));
        Attention.Cached first = Attention.cached(
                q.slice(1, 0, 3),
                k.slice(1, 0, 3),
                v.slice(1, 0, 3),
                2,
                new Attention.Rotation(cos.slice(0, 0, 3), sin.slice(0, 0, 3)),
                null,
                new Attention.Rules(null, true, 0));
        Attention.Cached last = Attention.cached(
                q.slice(1, 3, 4),
                k.slice(1, 3, 4),
                v.slice(1, 3, 4),
                2,
                new Attention.Rotation(cos.slice(0, 3, 4), sin.slice(0, 3, 4)),
                first.cache(),
                new Attention.Rules(null, false, 0));
        assertThat(last.output().toFloats())
                .containsExactly(whole.slice(1, 3, 4).toFloats(), within(1e-5f));
    }

    @Test
    void normsAreTheirDefinition() {
        Tensor x = Tensors.of(torch, new float[] {3, 4, 0, 0}, 1, 4);
        Tensor ones = Tensors.full(torch, DType.F32, 1, 4);
        assertThat(Functional.rmsNorm(x, ones, 0).toFloats())
                .containsExactly(new float[] {1.2f, 1.6f, 0, 0}, within(1e-6f));
        assertThat(Functional.normalize(x, -1).toFloats())
                .containsExactly(new float[] {0.6f, 0.8f, 0, 0}, within(1e-6f));
        assertThat(Functional.layerNorm(x, ones, Tensors.zeros(torch, DType.F32, 4), 0)
                        .sum()
                        .item())
                .isCloseTo(0, within(1e-6));
        Tensor mask = Tensors.of(torch, new long[] {1, 1, 0}, 1, 3);
        Tensor hidden = Tensors.of(torch, new float[] {1, 2, 3, 6, 100, 100}, 1, 3, 2);
        assertThat(Functional.maskedMean(hidden, mask).toFloats()).containsExactly(2, 4);
    }

    @Test
    void decompositionsMultiplyBack() {
        Tensor x = normal("x", 5, 3);
        LinearAlgebra.Svd svd = LinearAlgebra.svd(x);
        assertThat(svd.u().mul(svd.s()).matmul(svd.vh()).toFloats()).containsExactly(x.toFloats(), within(1e-5f));
        LinearAlgebra.Qr qr = LinearAlgebra.qr(x);
        assertThat(qr.q().matmul(qr.r()).toFloats()).containsExactly(x.toFloats(), within(1e-5f));
        Tensor symmetric = x.t().matmul(x);
        LinearAlgebra.Eigen eigen = LinearAlgebra.eigh(symmetric);
        assertThat(eigen.vectors()
                        .mul(eigen.values())
                        .matmul(eigen.vectors().t())
                        .toFloats())
                .containsExactly(symmetric.toFloats(), within(1e-4f));
    }

    @Test
    void dropoutKeepsTheMeanAndIsDrawnAgainFromTheSamePosition() {
        Dropout dropout = new Dropout("dropout", 0.25);
        Tensor x = Tensors.full(torch, DType.F32, 1, 10_000);
        assertThat(dropout.forward(x)).isSameAs(x);
        dropout.training(true);
        var state = torch.random().state();
        Tensor first = dropout.forward(x);
        assertThat(first.mean().item()).isCloseTo(1, within(0.03));
        assertThat(dropout.forward(x).sameAs(first)).isFalse();
        torch.random().restore(state);
        assertThat(dropout.forward(x).sameAs(first)).isTrue();
    }

    @Test
    void initialValuesDependOnNameAndSeedAlone() {
        NewWeights weights = new NewWeights(torch.root());
        Tensor a = weights.parameter("a", new Init.Normal(0.02), 200, 50).value();
        Tensor b = weights.parameter("b", new Init.Normal(0.02), 200, 50).value();
        Tensor again = weights.parameter("a", new Init.Normal(0.02), 200, 50).value();
        assertThat(a.sameAs(again)).isTrue();
        assertThat(a.sameAs(b)).isFalse();
        assertThat(Math.sqrt(a.pow(2).mean().item())).isCloseTo(0.02, within(0.001));
        Tensor cut =
                weights.parameter("a", new Init.TruncatedNormal(1), 200, 50).value();
        assertThat(Tensors.shaped("amax", cut.abs(), new long[] {0, 1}, false).item())
                .isBetween(1.9, 2.0);
        assertThat(Math.sqrt(cut.detach().pow(2).mean().item())).isCloseTo(0.8796, within(0.02));
    }

    @Test
    void batchNormMovesItsStatisticsInTrainingOnly() {
        BatchNorm2d norm = BatchNorm2d.of(new NewWeights(torch.root()), "bn", 2, 1e-5);
        Tensor x = normal("x", 4, 2, 3, 3).add(5);
        norm.forward(x);
        assertThat(norm.ownBuffers().getFirst().value().toFloats()).containsExactly(0, 0);
        norm.training(true);
        assertThat(norm.forward(x).mean().item()).isCloseTo(0, within(1e-5));
        assertThat(norm.ownBuffers().getFirst().value().toFloats()[0]).isBetween(0.4f, 0.6f);
    }
}
