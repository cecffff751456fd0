package io.graft.engine.methods.peft;

import io.graft.engine.methods.optimizer.Optimizer;
import io.graft.engine.methods.optimizer.OptimizerMethod;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Losses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tiny Llama, with sentences of a language of 20 tokens in which each names the next. */
record TinyLlama(Torch torch, CausalLm model) {
    private static final Path FOLDER = Path.of("../models/src/test/resources/tiny-llama");

    static TinyLlama open(Torch torch) {
        try {
            return new TinyLlama(torch, (CausalLm) ModelFamilies.load()
                    .open(torch.root(), FOLDER, OpenOptions.AS_STORED)
                    .model());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    BaseModel base() {
        return new BaseModel(model, "llama", Set.of("lm_head"), "CAUSAL_LM", "tiny-llama");
    }

    /** Eight sentences of twelve tokens, others for each step. */
    Tensor sentences(int step) {
        long[] ids = new long[8 * 12];
        for (int row = 0; row < 8; row++) {
            long token = (37L * (step * 8L + row) + 11) % 20;
            for (int at = 0; at < 12; at++) {
                ids[row * 12 + at] = token + 5;
                token = (token * 7 + 3) % 20;
            }
        }
        return Tensors.of(torch, ids, 8, 12);
    }

    float[] logits() {
        try (Scope scope = torch.scope()) {
            return torch.withoutGradients(
                    () -> model.logits(TokenBatch.of(sentences(1000))).detach().toFloats());
        }
    }

    double loss(int step) {
        try (Scope scope = torch.scope()) {
            Tensor ids = sentences(step);
            return torch.withoutGradients(() -> model.nextTokenLoss(TokenBatch.of(ids), ids, Losses.Reduction.MEAN)
                    .loss()
                    .item());
        }
    }

    /** Trains with AdamW and gives the losses. */
    List<Double> train(FineTuning tuning, int steps, double rate) {
        Optimizer optimizer = OptimizerMethod.choose("adamw", Map.of("lr", rate), tuning.groups(), torch.root());
        model.training(true);
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            try (Scope scope = torch.scope()) {
                Tensor ids = sentences(step);
                Tensor loss = model.nextTokenLoss(TokenBatch.of(ids), ids, Losses.Reduction.MEAN)
                        .loss();
                losses.add(loss.item());
                Gradients gradients = Gradients.of(loss, optimizer.tensors());
                gradients.clip(1);
                optimizer.step(rate, gradients);
            }
        }
        model.training(false);
        return losses;
    }

    static double gap(float[] one, float[] two) {
        double most = 0;
        for (int at = 0; at < one.length; at++) {
            most = Math.max(most, Math.abs(one[at] - two[at]));
        }
        return most;
    }
}
