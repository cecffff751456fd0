package io.graft.engine.worker.training;

import io.graft.engine.pruning.Rows;
import io.graft.engine.pruning.RowsOf;
import io.graft.engine.tensors.Torch;
import io.graft.engine.worker.JobRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the head of a picture classifier sees of pictures, as for pruning.
 *
 * @param weights folder with whole weights and a head
 */
public record PictureVectors(JobRun run, Torch torch, Path weights, int batchSize) {
    /** The vector of each row of a part. */
    public List<float[]> of(DataRows.Part part) throws IOException {
        FeatureModel model = FeatureModel.open(torch, weights, new Tokenizing(null), FeatureModel.Wanted.head(true))
                .withHead();
        Path scratch = Files.createTempDirectory(run.output().toAbsolutePath().getParent(), "vectors");
        SurrogateScores scores = new SurrogateScores(
                run, model, new InputBatches(weights, null, batchSize), Set.of(RowsOf.SOURCE_FEATURES));
        scores.score(part.rows(), true, part.left(), part.rows().limits(), scratch);
        List<float[]> vectors = new ArrayList<>();
        Rows rows = Objects.requireNonNull(scores.rows().get(RowsOf.SOURCE_FEATURES));
        rows.read((index, row) -> vectors.add(row.clone()));
        return vectors;
    }
}
