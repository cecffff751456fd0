package io.graft.engine.worker.representation;

import io.graft.engine.metrics.transferability.SourceModel;
import io.graft.engine.tensors.Torch;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.PulledInput;
import io.graft.engine.worker.training.Computation;
import io.graft.engine.worker.training.FeatureModel;
import io.graft.engine.worker.training.FeatureModel.Wanted;
import io.graft.engine.worker.training.InputBatches;
import io.graft.engine.worker.training.Tokenizing;
import io.graft.v1.FeaturePooling;
import io.graft.v1.RankSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Computes what versions make of a target's rows, each in a runtime of its own so that two never share the memory.
 *
 * @param heads whether the versions' own classes are wanted too
 */
record VersionFeatures(JobRun run, RankSpec spec, TargetRows target, boolean heads) {
    /** What one version makes of the rows; without probabilities where it has no trained head. */
    SourceModel of(PulledInput version) throws IOException {
        return Computation.with(spec.getSeed(), torch -> computed(torch, version));
    }

    private SourceModel computed(Torch torch, PulledInput version) throws IOException {
        String name = version.input().getVersion();
        boolean pictures = target.rows().arePictures();
        FeatureRows features = new FeatureRows(name, "a feature");
        FeatureRows scores = new FeatureRows(name, "a score");
        Wanted wanted = new Wanted(
                pictures, spec.getPooling(), spec.getLayer().isEmpty() ? List.of() : List.of(spec.getLayer()));
        try (Tokenizing tokenizing = Tokenizing.open(version.folder(), pictures)) {
            FeatureModel model = FeatureModel.open(torch, version.folder(), tokenizing, wanted);
            boolean ofHead = spec.getPooling() == FeaturePooling.FEATURE_POOLING_HEAD;
            if (ofHead && !pictures) {
                model.withHead();
            }
            forEach(version.folder(), tokenizing, model, (outputs, rows) -> {
                features.add(outputs.only(), rows);
                if (outputs.logits().length > 0) {
                    scores.add(outputs.logits(), rows);
                }
            });
            if (heads && !ofHead && !pictures) {
                FeatureModel head = FeatureModel.open(torch, version.folder(), tokenizing, Wanted.head(false));
                if (!head.labels().isEmpty()) {
                    forEach(version.folder(), tokenizing, head, (outputs, rows) -> scores.add(outputs.logits(), rows));
                }
            }
        }
        return new SourceModel(name, features.matrix(), scores.probabilities());
    }

    /** Takes what was computed of a batch. */
    @FunctionalInterface
    private interface Sink {
        void take(FeatureModel.Outputs outputs, int rows);
    }

    private void forEach(Path folder, Tokenizing tokenizing, FeatureModel model, Sink sink) throws IOException {
        new InputBatches(folder, tokenizing.tokenizer(), spec.getBatchSize())
                .forEach(target.rows(), target.left(), target.limits(), batch -> {
                    run.stop().check();
                    sink.take(model.run(batch), batch.size());
                    run.progress().advance(batch.size());
                });
    }
}
