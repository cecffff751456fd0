package io.graft.engine.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TorchTest {
    private final Torch torch = Torch.open(TorchSettings.threads(1).withSeed(7));

    @AfterEach
    void close() {
        torch.close();
    }

    @Test
    void tensorsDieWithTheirScope() {
        Tensor kept;
        Tensor lost;
        long before = torch.liveTensors();
        try (Scope scope = torch.scope()) {
            lost = Tensors.of(torch, new float[] {1, 2}, 2);
            kept = scope.release(lost.add(lost));
            assertThat(torch.liveTensors()).isEqualTo(before + 2);
        }
        assertThat(kept.toFloats()).containsExactly(2, 4);
        assertThat(torch.liveTensors()).isEqualTo(before + 1);
        assertThatThrownBy(lost::item)
                .isInstanceOfSatisfying(
                        TensorException.class, e -> assertThat(e.kind()).isEqualTo(TensorException.Kind.CLOSED));
        kept.close();
        assertThat(torch.liveTensors()).isEqualTo(before);
    }

    @Test
    void anotherThreadIsRefused() throws InterruptedException {
        Tensor tensor = Tensors.zeros(torch, DType.F32, 2);
        AtomicReference<Throwable> seen = new AtomicReference<>();
        Thread other = Thread.ofPlatform().start(() -> {
            try {
                tensor.add(tensor);
            } catch (WrongThreadException e) {
                seen.set(e);
            }
        });
        other.join();
        assertThat(seen.get()).hasMessageContaining("belong to the thread");
    }

    @Test
    void virtualThreadsAreRefused() throws InterruptedException {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        Torch.open(TorchSettings.threads(1)).close();
                    } catch (WrongThreadException e) {
                        seen.set(e);
                    }
                })
                .join();
        assertThat(seen.get()).hasMessageContaining("platform thread");
    }

    @Test
    void onlyOneIsOpen() {
        assertThatThrownBy(() -> Torch.open(TorchSettings.threads(1))).hasMessageContaining("close it first");
    }

    @Test
    void wrongShapesNameTheReasonAndKeepTheProcessAlive() {
        Tensor a = Tensors.zeros(torch, DType.F32, 2, 3);
        assertThatThrownBy(() -> a.matmul(a))
                .isInstanceOfSatisfying(
                        TensorException.class, e -> assertThat(e.kind()).isEqualTo(TensorException.Kind.OPERATOR))
                .hasMessageContaining("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)");
    }

    @Test
    void operatorsTakeWhatTheySay() {
        OperatorLibrary library = torch.library(Torch.class, "arithmetic.torchscript");
        assertThat(torch.library(Torch.class, "arithmetic.torchscript")).isSameAs(library);
        Tensor x = Tensors.scalar(torch, 2);
        assertThatThrownBy(() -> library.tensor("mul_number", x, 'c'))
                .hasMessageContaining("mul_number was given a java.lang.Character");
        assertThatThrownBy(() -> library.tensor("mul_number", x, true)).isInstanceOf(TensorException.class);
        assertThatThrownBy(() -> library.tensor("conjure", x)).hasMessageContaining("conjure");
        assertThatThrownBy(() -> torch.library(Torch.class, "absent.torchscript"))
                .hasMessageContaining("no resource absent.torchscript");
        assertThat(library.tensor("mul_number", x, 3.0).item()).isEqualTo(6);
    }

    @Test
    void memoryThatIsNotThereIsTyped() {
        assertThatThrownBy(() -> Tensors.zeros(torch, DType.F32, 1L << 50))
                .isInstanceOfSatisfying(
                        TensorException.class, e -> assertThat(e.kind()).isEqualTo(TensorException.Kind.OUT_OF_MEMORY));
    }

    @Test
    void wrongTypesAreTyped() {
        Tensor ids = Tensors.of(torch, new long[] {1, 2}, 2);
        assertThatThrownBy(() -> ids.requireGradient(true))
                .isInstanceOfSatisfying(
                        TensorException.class, e -> assertThat(e.kind()).isEqualTo(TensorException.Kind.DTYPE));
        assertThatThrownBy(() -> ids.require(DType.F32)).hasMessageContaining("expected a tensor of F32, not of I64");
        assertThatThrownBy(() -> Tensors.zeros(torch, DType.F32, 2).toLongs()).hasMessageContaining("use toFloats");
    }

    @Test
    void sixteenBitFloatsPassThroughCasts() {
        Tensor x = Tensors.of(torch, new float[] {1, 1.00390625f, -3.5f, 65504}, 4);
        for (DType type : new DType[] {DType.BF16, DType.F16}) {
            Tensor narrow = x.to(type);
            assertThat(narrow.dtype()).isEqualTo(type);
            byte[] bytes = new byte[8];
            narrow.writeTo(MemorySegment.ofArray(bytes));
            Tensor back = Tensors.read(torch, type, MemorySegment.ofArray(bytes), 4);
            assertThat(back.to(DType.F32).toFloats()).startsWith(1, type == DType.BF16 ? 1 : 1.00390625f, -3.5f);
        }
    }

    @Test
    void drawsDependOnSeedAndPositionOnly() {
        Randomness.State state = torch.random().state();
        float[] first = draw();
        float[] second = draw();
        torch.random().restore(state);
        assertThat(draw()).isEqualTo(first);
        assertThat(draw()).isEqualTo(second).isNotEqualTo(first);
        torch.random().reseed(8);
        assertThat(draw()).isNotEqualTo(first);
    }

    private float[] draw() {
        try (Scope scope = torch.scope()) {
            Tensor x = Tensors.zeros(torch, DType.F32, 64);
            torch.random().next();
            torch.arithmetic().run("normal_", x, 0.0, 1.0);
            return x.toFloats();
        }
    }

    @Test
    void viewsAreReadInTheirOwnOrder() {
        Tensor x = Tensors.of(torch, new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertThat(x.t().toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
        x.t().readFrom(MemorySegment.ofArray(new float[] {1, 2, 3, 4, 5, 6}));
        assertThat(x.toFloats()).containsExactly(1, 3, 5, 2, 4, 6);
        assertThat(x.slice(1, 1, 3).shape()).containsExactly(2, 2);
    }

    @Test
    void everyLibraryCompiles() {
        for (String resource :
                new String[] {"arithmetic", "shape", "algebra", "layers", "attention", "losses", "training"}) {
            assertThat(torch.library(Torch.class, resource + ".torchscript")).isNotNull();
        }
    }
}
