package io.graft.engine.methods.peft;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.TensorFiles;
import io.graft.engine.tensors.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A stored adapter: its configuration, and its tensors in safetensors. Pickles are refused unread. */
final class AdapterFolder implements AutoCloseable {
    static final String CONFIG = "adapter_config.json";
    static final String WEIGHTS = "adapter_model.safetensors";
    private static final List<String> PICKLES = List.of("adapter_model.bin", "adapter_model.pt", "adapter_model.ckpt");

    private final LoraConfig config;
    private final Checkpoint checkpoint;

    private AdapterFolder(LoraConfig config, Checkpoint checkpoint) {
        this.config = config;
        this.checkpoint = checkpoint;
    }

    static AdapterFolder open(Path folder) throws IOException {
        Path configFile = folder.resolve(CONFIG);
        Path weights = folder.resolve(WEIGHTS);
        if (!Files.isRegularFile(configFile)) {
            throw new AdapterException(
                    AdapterProblem.MISSING_FILE, "There is no " + CONFIG + " in the adapter's folder");
        }
        if (!Files.isRegularFile(weights)) {
            for (String pickle : PICKLES) {
                if (Files.exists(folder.resolve(pickle))) {
                    throw new AdapterException(
                            AdapterProblem.PICKLE_REFUSED,
                            pickle + " is a Python pickle, which can run code when read. Save the adapter with"
                                    + " safe_serialization=True");
                }
            }
            throw new AdapterException(
                    AdapterProblem.MISSING_FILE, "There is no " + WEIGHTS + " in the adapter's folder");
        }
        LoraConfig config = AdapterConfigReader.read(CONFIG, Files.readAllBytes(configFile));
        return new AdapterFolder(config, Checkpoint.openFile(weights));
    }

    LoraConfig config() {
        return config;
    }

    /** Everything the file holds but copies of the base. */
    AdapterLayout layout() {
        return AdapterLayout.of(config, checkpoint.listing());
    }

    /** A tensor as F32, in the innermost scope. */
    Tensor read(Torch torch, String key) throws IOException {
        Tensor value = TensorFiles.load(torch, checkpoint, key, DType.F32);
        if (!value.allFinite()) {
            throw new AdapterException(
                    AdapterProblem.NOT_FINITE,
                    "tensor '" + key + "' holds NaN or infinity; train the adapter again with a lower rate");
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        checkpoint.close();
    }
}
