package io.graft.engine.worker.training;

import io.graft.engine.methods.peft.BaseModel;
import io.graft.engine.methods.peft.LoraAdapter;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.tensors.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A model of a version, as adapters see it. */
public record AdaptedModel(Model model, BaseModel base) {
    private static final Set<String> HEADS = Set.of("lm_head", "classifier", "score");

    /**
     * Opens a folder.
     *
     * @param peftTask PEFT's word for the task, or null
     * @param name of the version, a hint in the adapter's configuration
     */
    public static AdaptedModel open(
            Torch torch, Path folder, OpenOptions options, @Nullable String peftTask, @Nullable String name)
            throws IOException {
        ModelFamilies.Opened opened = ModelFamilies.load().open(torch.root(), folder, options);
        Model model = opened.model();
        String type = model.config().path("model_type").asText();
        return new AdaptedModel(
                model,
                new BaseModel(model, type, HEADS, peftTask, name)
                        .withNewParameters(opened.initialised(), opened.neutral()));
    }

    /** Puts a stored adapter on. */
    public LoraAdapter load(Torch torch, Path adapter) throws IOException {
        return LoraAdapter.load(base, adapter, torch.root());
    }
}
