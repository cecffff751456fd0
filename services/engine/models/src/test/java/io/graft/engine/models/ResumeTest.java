package io.graft.engine.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Randomness;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.TensorFiles;
import io.graft.engine.tensors.TensorLists;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.tensors.nn.Losses;
import io.graft.engine.tensors.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training with dropout that is stored, ended and resumed in another runtime gives the same bits as one that was not. */
class ResumeTest {
    private static final TensorLists.AdamW ADAM = new TensorLists.AdamW(1e-3, 0.9, 0.999, 0.01, 1e-8);

    @TempDir
    Path scratch;

    @Test
    void aResumedRunContinuesBitExactly() throws IOException {
        float[] whole;
        try (Torch torch = Torch.open(TorchSettings.threads(1).withSeed(11))) {
            Run run = Run.start(torch, Fixture.folder("tiny-bert"));
            run.steps(6);
            whole = run.weights();
        }
        Randomness.State state;
        try (Torch torch = Torch.open(TorchSettings.threads(1).withSeed(11))) {
            Run run = Run.start(torch, Fixture.folder("tiny-bert"));
            run.steps(3);
            ModelFolder.save(run.model(), scratch.resolve("model"), DType.F32);
            TensorFiles.save(run.moments(), scratch.resolve("optimizer"), "optimizer");
            state = torch.random().state();
        }
        try (Torch torch = Torch.open(TorchSettings.threads(1))) {
            Run run = Run.start(torch, scratch.resolve("model"));
            run.restore(scratch.resolve("optimizer"));
            torch.random().restore(state);
            run.steps(3);
            assertThat(run.weights()).isEqualTo(whole);
        }
    }

    private record Run(
            Torch torch,
            SequenceClassifier model,
            List<Tensor> values,
            List<Tensor> means,
            List<Tensor> squares,
            List<Tensor> counts) {
        static Run start(Torch torch, Path folder) throws IOException {
            SequenceClassifier model = (SequenceClassifier) ModelFamilies.load()
                    .open(torch.root(), folder, OpenOptions.AS_STORED)
                    .model();
            model.setTrainable(true);
            model.training(true);
            Run run = new Run(
                    torch,
                    model,
                    model.parameters().stream().map(Parameter::value).toList(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
            for (Tensor value : run.values) {
                run.means.add(Tensors.zerosLike(value));
                run.squares.add(Tensors.zerosLike(value));
                run.counts.add(Tensors.scalar(torch, 0));
            }
            return run;
        }

        void steps(int count) {
            for (int step = 0; step < count; step++) {
                try (Scope scope = torch.scope()) {
                    TokenBatch batch = TokenBatch.padded(torch, new int[][] {{2, 56, 127, 3}, {2, 8, 3}}, null, 0);
                    Tensor target = Tensors.of(torch, new long[] {0, 2}, 2);
                    Tensor loss = Losses.crossEntropy(model.logits(batch), target, 0);
                    Gradients gradients = Gradients.of(loss, values);
                    gradients.clip(1);
                    TensorLists.adamW(values, gradients.values(), means, squares, counts, ADAM);
                }
            }
        }

        float[] weights() {
            try (Scope scope = torch.scope()) {
                return Tensors.concat(
                                values.stream()
                                        .map(value -> value.detach().reshape(-1))
                                        .toList(),
                                0)
                        .toFloats();
            }
        }

        Map<String, Tensor> moments() {
            Map<String, Tensor> moments = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                moments.put("mean." + i, means.get(i));
                moments.put("square." + i, squares.get(i));
                moments.put("count." + i, counts.get(i));
            }
            return moments;
        }

        void restore(Path folder) throws IOException {
            try (Checkpoint stored = Checkpoint.open(folder)) {
                for (Map.Entry<String, Tensor> moment : moments().entrySet()) {
                    moment.getValue().copyInPlace(TensorFiles.load(torch, stored, moment.getKey()));
                }
            }
        }
    }
}
