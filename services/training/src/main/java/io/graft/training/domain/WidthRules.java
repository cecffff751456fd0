package io.graft.training.domain;

import com.google.protobuf.Struct;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.Params;
import io.graft.v1.MethodChoice;
import io.graft.v1.TrainSpec;
import java.util.List;

/** What a parametrization that goes by the network's width needs of the network and of the optimizer. */
final class WidthRules {
    private static final String CONFIG = "spec.new_model.config.";
    private static final String OPTIMIZER = "spec.loop.optimizer";

    /** Sizes that grow as the width does, so that the network has the same shape at the base's width. */
    private static final List<String> GROWING = List.of("num_attention_heads", "intermediate_size");

    private WidthRules() {}

    static void check(SpecFields fields, TrainSpec spec) {
        MethodChoice choice = spec.getParametrization();
        long base = Math.round(Params.of(choice).number("base_width", 0));
        if (base == 0) {
            return;
        }
        Struct config = spec.getNewModel().getConfig();
        long width = NewModelFields.whole(config, "hidden_size");
        fields.require(
                width > 0, "spec.parametrization.name", "goes by hidden_size, which the network lacks; use standard");
        fields.require(
                !new Params(config).isTrue("tie_word_embeddings"),
                CONFIG + "tie_word_embeddings",
                "is true; " + choice.getName() + " scales the output layer and not the embeddings: give each its own");
        for (String name : GROWING) {
            long size = NewModelFields.whole(config, name);
            fields.require(
                    width == 0 || size * base % width == 0,
                    "spec.parametrization.params.base_width",
                    "is " + base + ", at which " + name + " " + size + " of width " + width
                            + " is no whole number; give another base_width");
        }
        if (choice.getName().equals("mup_layerwise_wd")) {
            checkDecay(fields, spec);
        }
    }

    /** Layer-wise weight decay has a steady state only if decay is decoupled, and neither none nor all (arXiv 2510.15262). */
    private static void checkDecay(SpecFields fields, TrainSpec spec) {
        MethodChoice optimizer = spec.getLoop().getOptimizer();
        Params params = Params.of(optimizer);
        double decay = params.number("weight_decay", 0);
        double rate = params.number("lr", 0);
        fields.require(
                optimizer.getName().equals("adamw"),
                OPTIMIZER + ".name",
                "is " + optimizer.getName() + "; mup_layerwise_wd is for adamw, whose weight decay is decoupled");
        fields.require(
                decay > 0,
                OPTIMIZER + ".params.weight_decay",
                "is 0, and mup_layerwise_wd scales it; give the one that was found at base_width");
        fields.require(
                rate * decay < 1,
                OPTIMIZER + ".params.weight_decay",
                "is " + decay + ", times lr " + rate * decay + "; weights would vanish in one step: make it smaller");
    }
}
