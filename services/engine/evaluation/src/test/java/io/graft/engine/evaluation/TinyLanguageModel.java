package io.graft.engine.evaluation;

import io.graft.engine.data.TextTokenizer;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.ModelFolder;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The tiny Llama with its tokenizer, exported by Graft to a folder and opened from there. It reads 128 tokens. */
record TinyLanguageModel(Path folder, Torch torch, CausalLm model, TextTokenizer tokenizer) implements AutoCloseable {
    private static final Path MODEL = Path.of("../models/src/test/resources/tiny-llama");
    private static final Path TOKENIZER = Path.of("../data/src/test/resources/io/graft/engine/data/tiny-llama");

    static TinyLanguageModel exportedTo(Path folder) throws IOException {
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(TOKENIZER.resolve(file), folder.resolve(file));
        }
        Torch torch = Torch.open(TorchSettings.threads(1).withSeed(1));
        ModelFolder.save(open(torch, MODEL), folder, DType.F32);
        CausalLm model = open(torch, folder);
        model.training(false);
        return new TinyLanguageModel(folder, torch, model, TextTokenizer.open(folder));
    }

    private static CausalLm open(Torch torch, Path folder) throws IOException {
        return (CausalLm) ModelFamilies.load()
                .open(torch.root(), folder, OpenOptions.AS_STORED)
                .model();
    }

    LanguageEvaluation evaluation(int batchSize) {
        return new LanguageEvaluation(torch, model, tokenizer, batchSize, () -> {});
    }

    @Override
    public void close() {
        tokenizer.close();
        torch.close();
    }
}
