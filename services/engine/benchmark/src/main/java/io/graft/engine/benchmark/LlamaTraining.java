package io.graft.engine.benchmark;

import io.graft.engine.methods.optimizer.Optimizer;
import io.graft.engine.methods.optimizer.OptimizerMethod;
import io.graft.engine.methods.peft.AdapterMethod;
import io.graft.engine.methods.peft.BaseModel;
import io.graft.engine.methods.peft.FineTuning;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.ModelFolder;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.tensors.nn.Losses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The training that every peer does: AdamW with clipping on one batch, again and again. Its numbers are also in the script. */
final class LlamaTraining {
    static final int BATCH = 8;
    static final int LENGTH = 256;
    private static final double RATE = 1e-3;
    private static final String CONFIG = """
            {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 8192, "hidden_size": 256,
             "intermediate_size": 688, "num_hidden_layers": 6, "num_attention_heads": 8, "num_key_value_heads": 8,
             "max_position_embeddings": 512, "rms_norm_eps": 1e-5, "tie_word_embeddings": false}""";

    private final Torch torch;
    private final CausalLm model;
    private final Optimizer optimizer;
    private final Tensor ids;

    private LlamaTraining(Torch torch, CausalLm model, Optimizer optimizer, Tensor ids) {
        this.torch = torch;
        this.model = model;
        this.optimizer = optimizer;
        this.ids = ids;
    }

    /** Writes the model that all start from. */
    static void write(Path folder) throws IOException {
        try (Torch torch = Torch.open(TorchSettings.threads(1).withSeed(1))) {
            ModelFolder.save(
                    ModelFamilies.load().create(torch.root(), ModelFamilies.parse("benchmark", CONFIG)),
                    folder,
                    DType.F32);
        }
    }

    /** Loads that model to be trained. */
    static LlamaTraining open(Torch torch, Path folder, Mode mode) throws IOException {
        Scope home = torch.root();
        CausalLm model = (CausalLm)
                ModelFamilies.load().open(home, folder, OpenOptions.AS_STORED).model();
        Map<String, Object> params = switch (mode) {
            case FULL -> Map.of();
            case LORA -> Map.of("r", 8, "alpha", 16, "target_modules", List.of("q_proj", "v_proj"));
        };
        FineTuning tuning = AdapterMethod.choose(
                mode.wireName(),
                params,
                new BaseModel(model, "llama", Set.of("lm_head"), "CAUSAL_LM", null),
                home,
                List.of());
        Optimizer optimizer =
                OptimizerMethod.choose("adamw", Map.of("lr", RATE, "weight_decay", 0.01), tuning.groups(), home);
        model.training(true);
        long[] tokens = new long[BATCH * LENGTH];
        for (int at = 0; at < tokens.length; at++) {
            tokens[at] = ((at * 2654435761L) >>> 7) % 8192;
        }
        return new LlamaTraining(torch, model, optimizer, home.keep(Tensors.of(torch, tokens, BATCH, LENGTH)));
    }

    /** One step; gives the loss before it. */
    double step() {
        try (Scope scope = torch.scope()) {
            Tensor loss = model.nextTokenLoss(TokenBatch.of(ids), ids, Losses.Reduction.MEAN)
                    .loss();
            Gradients gradients = Gradients.of(loss, optimizer.tensors());
            gradients.clip(1);
            optimizer.step(RATE, gradients);
            return loss.item();
        }
    }
}
