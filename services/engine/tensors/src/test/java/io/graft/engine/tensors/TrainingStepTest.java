package io.graft.engine.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingStepTest {
    private final Torch torch = Torch.open(TorchSettings.threads(1).withSeed(7));

    @AfterEach
    void close() {
        torch.close();
    }

    @Test
    void everyGradientIsRightWhileTheCollectorRuns() throws InterruptedException {
        ReferenceNet net = new ReferenceNet(new SplittableRandom(3), 6, 5);
        Tensor inner = Tensors.of(torch, net.inner(), 6, 5).requireGradient(true);
        Tensor outer = Tensors.of(torch, net.outer(), 5, 1).requireGradient(true);
        AtomicBoolean running = new AtomicBoolean(true);
        Thread pressure = Thread.ofPlatform().start(() -> {
            while (running.get()) {
                assertThat(new byte[1 << 16]).hasSize(1 << 16);
                System.gc();
            }
        });
        try {
            for (int step = 0; step < 150; step++) {
                try (Scope scope = torch.scope()) {
                    float[] input = net.draw(6);
                    Tensor x = Tensors.of(torch, input, 1, 6);
                    Tensor hidden = Tensors.arithmetic(
                                    "exp", x.matmul(inner).mul(0.5).add(0.25).mul(-1.0))
                            .add(1.0)
                            .pow(-1.0);
                    Tensor loss = hidden.matmul(outer)
                            .sub(Tensors.scalar(torch, 1.0))
                            .pow(2.0)
                            .sum();
                    Gradients gradients = Gradients.of(loss, List.of(inner, outer));
                    ReferenceNet.Gradient expected = net.gradient(input);
                    assertThat(gradients.values().get(0).toFloats()).containsExactly(expected.inner(), within(1e-5f));
                    assertThat(gradients.values().get(1).toFloats()).containsExactly(expected.outer(), within(1e-5f));
                }
            }
        } finally {
            running.set(false);
            pressure.join();
        }
    }

    @Test
    void twoThousandStepsNeedNoMoreMemoryThanAFew() {
        Tensor weight = Tensors.zeros(torch, DType.F32, 128, 128);
        torch.random().next();
        torch.arithmetic().run("normal_", weight, 0.0, 0.1);
        weight.requireGradient(true);
        List<Tensor> weights = List.of(weight);
        List<Tensor> means = List.of(Tensors.zerosLike(weight));
        List<Tensor> squares = List.of(Tensors.zerosLike(weight));
        List<Tensor> steps = List.of(Tensors.scalar(torch, 0));
        TensorLists.AdamW settings = new TensorLists.AdamW(1e-3, 0.9, 0.999, 0.01, 1e-8);
        long afterWarmUp = 0;
        long live = torch.liveTensors();
        for (int step = 0; step < 2000; step++) {
            try (Scope scope = torch.scope()) {
                Tensor x = Tensors.full(torch, DType.F32, 0.5, 32, 128);
                Tensor loss = x.matmul(weight).mul(2.0).sub(x).pow(2.0).mean();
                Gradients gradients = Gradients.of(loss, weights);
                gradients.clip(1.0);
                TensorLists.adamW(weights, gradients.values(), means, squares, steps, settings);
                assertThat(loss.item()).isFinite();
            }
            if (step == 300) {
                afterWarmUp = NativeMemory.bytesInUse();
            }
        }
        assertThat(torch.liveTensors()).isEqualTo(live);
        assertThat(steps.getFirst().item()).isEqualTo(2000);
        // One tensor of a step that leaked would be 16 to 64 KiB, so 27 to 110 MB over 1,700 steps.
        assertThat(NativeMemory.bytesInUse() - afterWarmUp).isLessThan(15_000_000);
    }

    @Test
    void fusedAdamWIsThePublishedUpdate() {
        Tensor weight = Tensors.of(torch, new float[] {1, -2}, 2).requireGradient(true);
        List<Tensor> means = List.of(Tensors.zerosLike(weight));
        List<Tensor> squares = List.of(Tensors.zerosLike(weight));
        List<Tensor> steps = List.of(Tensors.scalar(torch, 0));
        double[] expected = {1, -2};
        double[] m = new double[2];
        double[] v = new double[2];
        for (int step = 1; step <= 5; step++) {
            float[] gradient = {0.1f * step, -0.3f};
            TensorLists.adamW(
                    List.of(weight),
                    List.of(Tensors.of(torch, gradient, 2)),
                    means,
                    squares,
                    steps,
                    new TensorLists.AdamW(0.05, 0.9, 0.99, 0.1, 1e-8));
            for (int i = 0; i < 2; i++) {
                m[i] = 0.9 * m[i] + 0.1 * gradient[i];
                v[i] = 0.99 * v[i] + 0.01 * gradient[i] * gradient[i];
                double mean = m[i] / (1 - Math.pow(0.9, step));
                double square = v[i] / (1 - Math.pow(0.99, step));
                expected[i] -= 0.05 * (0.1 * expected[i] + mean / (Math.sqrt(square) + 1e-8));
            }
        }
        assertThat(weight.toFloats())
                .containsExactly(new float[] {(float) expected[0], (float) expected[1]}, within(1e-6f));
    }

    @Test
    void clippingScalesToTheGreatestNorm() {
        Gradients gradients =
                new Gradients(List.of(Tensors.of(torch, new float[] {3, 0}, 2), Tensors.of(torch, new float[] {4}, 1)));
        assertThat(gradients.clip(2.5)).isCloseTo(5, within(1e-6));
        assertThat(gradients.values().get(0).toFloats()).containsExactly(new float[] {1.5f, 0}, within(1e-6f));
        assertThat(gradients.clip(100)).isCloseTo(2.5, within(1e-5));
        assertThat(gradients.globalNorm()).isCloseTo(2.5, within(1e-5));
    }

    @Test
    void unusedInputsHaveZeroGradients() {
        Tensor used = Tensors.of(torch, new float[] {3}, 1).requireGradient(true);
        Tensor unused = Tensors.of(torch, new float[] {4, 4}, 2).requireGradient(true);
        Gradients gradients = Gradients.of(used.pow(2).sum(), List.of(used, unused));
        assertThat(gradients.values().get(0).toFloats()).containsExactly(6);
        assertThat(gradients.values().get(1).toFloats()).containsExactly(0, 0);
    }

    @Test
    void secondDerivativesExist() {
        Tensor x = Tensors.of(torch, new float[] {2}, 1).requireGradient(true);
        Tensor first = Gradients.of(x.pow(3).sum(), List.of(x), true).values().getFirst();
        assertThat(Gradients.of(first.sum(), List.of(x)).values().getFirst().toFloats())
                .containsExactly(12);
    }

    @Test
    void nothingIsRecordedWithoutGradients() {
        Tensor x = Tensors.of(torch, new float[] {2}, 1).requireGradient(true);
        assertThat(torch.withoutGradients(() -> x.mul(2)).requiresGradient()).isFalse();
        assertThat(x.mul(2).requiresGradient()).isTrue();
    }
}
