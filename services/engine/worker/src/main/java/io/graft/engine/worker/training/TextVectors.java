package io.graft.engine.worker.training;

import io.graft.engine.data.ColumnRoles;
import io.graft.engine.data.Input;
import io.graft.engine.data.InputReader;
import io.graft.engine.data.TextTokenizer;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.models.Task;
import io.graft.engine.models.TextEncoder;
import io.graft.engine.models.TextEncoder.Pooling;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Torch;
import io.graft.engine.worker.JobRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Embeds texts, a batch at a time. */
public final class TextVectors implements AutoCloseable {
    private final JobRun run;
    private final Torch torch;
    private final TextEncoder model;
    private final TextTokenizer tokenizer;
    private final Pooling pooling;
    private final int batchSize;

    private TextVectors(
            JobRun run, Torch torch, TextEncoder model, TextTokenizer tokenizer, Pooling pooling, int batchSize) {
        this.run = run;
        this.torch = torch;
        this.model = model;
        this.tokenizer = tokenizer;
        this.pooling = pooling;
        this.batchSize = batchSize;
    }

    /**
     * Opens an encoder.
     *
     * @param weights folder with whole weights and their tokenizer
     * @param adapter put on them, if there is one
     */
    public static TextVectors open(
            JobRun run, Torch torch, Path weights, Optional<Path> adapter, Pooling pooling, int batchSize)
            throws IOException {
        AdaptedModel adapted =
                AdaptedModel.open(torch, weights, OpenOptions.forTask(Task.TEXT_ENCODING), "FEATURE_EXTRACTION", null);
        if (adapter.isPresent()) {
            adapted.load(torch, adapter.get());
        }
        adapted.model().training(false);
        return new TextVectors(
                run, torch, (TextEncoder) adapted.model(), TextTokenizer.open(weights), pooling, batchSize);
    }

    /** The vector of a column's text in each row of a part, not scaled. */
    public List<float[]> of(DataRows.Part part, String column) throws IOException {
        List<float[]> vectors = new ArrayList<>();
        List<Input> batch = new ArrayList<>();
        ColumnRoles roles = new ColumnRoles(column, "", "", "", "", "", "", "");
        DataRows rows = part.rows();
        InputReader.texts(rows.folder(), rows.data().getSplit(), roles, tokenizer, rows.limits(), (index, input) -> {
            if (!part.left().get(index)) {
                batch.add(input);
                if (batch.size() == batchSize) {
                    embed(batch, vectors);
                }
            }
        });
        embed(batch, vectors);
        return vectors;
    }

    private void embed(List<Input> batch, List<float[]> vectors) {
        if (batch.isEmpty()) {
            return;
        }
        run.stop().check();
        int[][] ids = batch.stream().map(row -> ((Input.Tokens) row).ids()).toArray(int[][]::new);
        float[] all = torch.withoutGradients(() -> {
            try (Scope scope = torch.scope()) {
                return model.embeddings(TokenBatch.padded(torch, ids, null, tokenizer.paddingId()), pooling, false)
                        .toFloats();
            }
        });
        int width = all.length / ids.length;
        for (int row = 0; row < ids.length; row++) {
            float[] vector = new float[width];
            System.arraycopy(all, row * width, vector, 0, width);
            vectors.add(vector);
        }
        run.progress().advance(ids.length);
        batch.clear();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
