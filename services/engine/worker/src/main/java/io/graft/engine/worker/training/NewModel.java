package io.graft.engine.worker.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.methods.parametrization.ParametrizationMethod;
import io.graft.engine.methods.parametrization.ScaledModel;
import io.graft.engine.methods.parametrization.UpdateRule;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Torch;
import io.graft.v1.MethodChoice;
import io.graft.v1.TrainSpec;
import io.graft.v1.TrainingLoop;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model at the beginning of its training.
 *
 * @param scaled what its parametrization makes of it; null where width does not matter
 */
record NewModel(Model model, @Nullable ScaledModel scaled) {
    private static final List<String> WIDTHS =
            List.of("hidden_size", "intermediate_size", "num_attention_heads", "num_key_value_heads");

    /** One whose numbers do not depend on its width. */
    static NewModel of(Model model) {
        return new NewModel(model, null);
    }

    /** One with random weights. */
    static NewModel create(Torch torch, TrainSpec spec, List<String> labels) {
        ObjectNode config = config(spec);
        if (!labels.isEmpty()) {
            ObjectNode names = config.putObject("id2label");
            for (int i = 0; i < labels.size(); i++) {
                names.put(Integer.toString(i), labels.get(i));
            }
        }
        Model model = ModelFamilies.load().create(torch.root(), config);
        if (!spec.hasParametrization()) {
            return of(model);
        }
        MethodChoice choice = spec.getParametrization();
        ParametrizationMethod.Chosen chosen = ParametrizationMethod.choose(choice.getName(), MethodParams.of(choice));
        Integer baseWidth = chosen.baseWidth();
        if (baseWidth == null) {
            return of(model);
        }
        Map<String, @Nullable Object> optimizer = MethodParams.of(spec.getLoop().getOptimizer());
        chosen.parametrization()
                .requireFits(rule(spec.getLoop()), number(optimizer, "lr"), number(optimizer, "weight_decay"));
        String readout = model instanceof CausalLm decoder ? decoder.head().name() : "classifier";
        ScaledModel scaled =
                new ScaledModel(model, chosen.parametrization(), baseShapes(torch, config, baseWidth), readout);
        scaled.initialise();
        return new NewModel(model, scaled);
    }

    private static ObjectNode config(TrainSpec spec) {
        try {
            return ModelFamilies.parse(
                    "spec.new_model.config",
                    JsonFormat.printer().print(spec.getNewModel().getConfig()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same network at the base's width, with heads of the same size. */
    private static Map<String, long[]> baseShapes(Torch torch, ObjectNode config, int width) {
        ObjectNode narrow = config.deepCopy();
        long own = config.path("hidden_size").asLong();
        for (String name : WIDTHS) {
            if (config.has(name)) {
                narrow.put(name, Math.max(1, config.path(name).asLong() * width / own));
            }
        }
        try (Scope scope = torch.scope()) {
            return ScaledModel.shapesOf(ModelFamilies.load().create(scope, narrow));
        }
    }

    private static UpdateRule rule(TrainingLoop loop) {
        return loop.getOptimizer().getName().startsWith("sgd") ? UpdateRule.PROPORTIONAL : UpdateRule.ADAPTIVE;
    }

    private static double number(Map<String, @Nullable Object> params, String name) {
        return params.get(name) instanceof Number value ? value.doubleValue() : 0;
    }

    /** Groups for the optimizer. */
    List<ParameterGroup> groups(TrainingLoop loop) {
        if (scaled == null) {
            return ParameterGroup.of(model.trainableParameters());
        }
        return scaled.groups(rule(loop));
    }

    /** Leaves a model that needs nothing of its parametrization any more. */
    void finish() {
        if (scaled != null) {
            scaled.fold();
        }
    }
}
