package io.graft.engine.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaTrainingTest {
    @TempDir
    Path folder;

    @Test
    void bothModesStartFromOneModelAndLearn() throws IOException {
        LlamaTraining.write(folder);
        try (Torch torch = Torch.open(TorchSettings.threads(1).withSeed(1))) {
            LlamaTraining full = LlamaTraining.open(torch, folder, Mode.FULL);
            LlamaTraining lora = LlamaTraining.open(torch, folder, Mode.LORA);
            double start = full.step();

            assertThat(start).isEqualTo(Math.log(8192), within(0.3));
            assertThat(lora.step()).isEqualTo(start, within(1e-5));
            assertThat(full.step()).isLessThan(start);
            assertThat(lora.step()).isLessThan(start);
        }
    }
}
