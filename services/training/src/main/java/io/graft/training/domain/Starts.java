package io.graft.training.domain;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.graft.platform.submission.Input;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.ModelInput;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.VersionCatalog;
import io.graft.platform.submission.training.BaseWeights;
import io.graft.platform.submission.training.Families;
import io.graft.platform.submission.training.Network;
import io.graft.v1.ArtifactKind;
import io.graft.v1.NewModel;
import io.graft.v1.TrainSpec;
import java.util.ArrayList;
import java.util.List;

/** Finds out where the weights of a training come from. Thread-safe. */
final class Starts {
    private static final String BASE = "base";
    private static final String TOKENIZER = "tokenizer";
    private static final String AFTER_ANNEALING = "schedule infinite goes on from before an annealing; if the base's"
            + " learning rate had come down at its end, rewarm_redecay suits it better";

    private final VersionCatalog versions;
    private final Inputs inputs;

    Starts(VersionCatalog versions, Inputs inputs) {
        this.versions = versions;
        this.inputs = inputs;
    }

    /** The start, with aliases replaced by versions in {@code effective}; what does not fit is noted. */
    Start find(SpecFields fields, TrainSpec spec, TrainSpec.Builder effective) {
        return spec.getStartCase() == TrainSpec.StartCase.BASE
                ? continued(fields, spec, effective)
                : fresh(fields, spec.getNewModel(), effective);
    }

    private Start continued(SpecFields fields, TrainSpec spec, TrainSpec.Builder effective) {
        ModelInput base = inputs.model(BASE, spec.getBase(), ArtifactKind.ARTIFACT_KIND_FULL);
        effective.setBase(base.name());
        String type = base.version().getArchitecture().getModelType();
        requireTokenizer(fields, "spec.base", type, base);
        BaseWeights.check(fields, "spec.base", base.version(), versions.tensors(base.name()));
        return new Start(
                "spec.base",
                type,
                Network.of(base.version()),
                base.version().getParameterCount(),
                List.of(base),
                spec.getLoop().getSchedule().getName().equals("infinite") ? List.of(AFTER_ANNEALING) : List.of());
    }

    private Start fresh(SpecFields fields, NewModel model, TrainSpec.Builder effective) {
        Struct config = model.getConfig();
        String type = config.getFieldsOrDefault("model_type", Value.getDefaultInstance())
                .getStringValue();
        Network network = new Network(
                Math.max(1, NewModelFields.whole(config, "num_hidden_layers")),
                Math.max(1, NewModelFields.whole(config, "hidden_size")),
                NewModelFields.whole(config, "vocab_size"),
                NewModelFields.whole(config, "max_position_embeddings"));
        List<Input> read = new ArrayList<>();
        if (model.getTokenizerCase() == NewModel.TokenizerCase.TOKENIZER_FROM) {
            ModelInput tokenizer = inputs.model(TOKENIZER, model.getTokenizerFrom(), ArtifactKind.ARTIFACT_KIND_FULL);
            requireTokenizer(fields, "spec.new_model.tokenizer_from", type, tokenizer);
            long tokens = tokenizer.version().getVocabulary().getSize();
            fields.require(
                    network.vocabulary() == 0 || tokens <= network.vocabulary(),
                    "spec.new_model.config.vocab_size",
                    "is " + network.vocabulary() + ", and the tokenizer has " + tokens + " tokens");
            effective.getNewModelBuilder().setTokenizerFrom(tokenizer.name());
            read.add(tokenizer);
        }
        return new Start(
                "spec.new_model.config.model_type", type, network, parameters(config, network), read, List.of());
    }

    private static void requireTokenizer(SpecFields fields, String field, String type, ModelInput input) {
        fields.require(
                !Families.readsText(type) || input.version().hasVocabulary(),
                field,
                "carries no tokenizer.json or vocab.txt; name a version with one");
    }

    /** Four square matrices of attention and three of the feed-forward network a layer, and the embeddings, about. */
    private static long parameters(Struct config, Network network) {
        long width = network.width();
        long inner = Math.max(width, NewModelFields.whole(config, "intermediate_size"));
        return network.layers() * (4 * width * width + 3 * width * inner) + 2 * network.vocabulary() * width;
    }
}
