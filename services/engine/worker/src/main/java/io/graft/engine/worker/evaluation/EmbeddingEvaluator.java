package io.graft.engine.worker.evaluation;

import com.google.protobuf.TextFormat;
import io.graft.engine.data.InputReader;
import io.graft.engine.models.TextEncoder.Pooling;
import io.graft.engine.tensors.Torch;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.training.DataRows;
import io.graft.engine.worker.training.PictureVectors;
import io.graft.engine.worker.training.TextVectors;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.EmbeddingPooling;
import io.graft.v1.EmbeddingTask;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Measures what vectors are worth.
 *
 * @param task with its defaults filled in
 */
record EmbeddingEvaluator(JobRun run, EmbeddingTask task, DataRows rows, int batchSize) implements Evaluator {
    @Override
    public String version() {
        return "embedding/1 " + TextFormat.printer().emittingSingleLine(true).printToString(task) + " max_length="
                + rows.maxLength() + " long_rows=" + rows.longRows() + " batch_size=" + batchSize;
    }

    @Override
    public Measurement measure(Torch torch, Contender contender, BooleanSupplier stop) throws IOException {
        if (rows.arePictures()) {
            PictureVectors vectors = new PictureVectors(run, torch, contender.weights(), batchSize);
            return classified(
                    contender, sound(contender, vectors.of(rows.learnt())), sound(contender, vectors.of(rows.held())));
        }
        String text = rows.roles().textOrDefault();
        try (TextVectors vectors = TextVectors.open(
                run, torch, contender.weights(), contender.adapter(), pooling(task.getPooling()), batchSize)) {
            return switch (task.getKindCase()) {
                case SIMILARITY -> {
                    double[][] first = sound(contender, vectors.of(rows.held(), text));
                    double[][] second = sound(
                            contender, vectors.of(rows.held(), rows.roles().textPair()));
                    yield new SentenceSimilarity(
                                    first,
                                    second,
                                    RowNumbers.of(rows, task.getSimilarity().getScore()))
                            .measurement();
                }
                case RETRIEVAL -> {
                    double[][] queries = sound(contender, vectors.of(rows.held(), text));
                    double[][] documents = sound(
                            contender, vectors.of(rows.held(), rows.roles().textPair()));
                    yield QueryDocuments.of(rows, task.getRetrieval())
                            .measurement(queries, documents, run.stop()::check);
                }
                case PROBE, NEIGHBOURS ->
                    classified(
                            contender,
                            sound(contender, vectors.of(rows.learnt(), text)),
                            sound(contender, vectors.of(rows.held(), text)));
                case KIND_NOT_SET ->
                    throw new GraftException(ErrorCode.INTERNAL, "The assignment names no use of embeddings");
            };
        }
    }

    private Measurement classified(Contender contender, double[][] learnt, double[][] held) throws IOException {
        FrozenClassifier classifier = new FrozenClassifier(
                contender.name(), learnt, labels(rows.learnt()), rows.data().getClassesList());
        return task.hasProbe()
                ? classifier.probe(task.getProbe().getL2(), held, labels(rows.held()))
                : classifier.neighbours(task.getNeighbours(), held, labels(rows.held()));
    }

    private int[] labels(DataRows.Part part) throws IOException {
        DataRows from = part.rows();
        int[] all = InputReader.labels(
                from.folder(),
                from.data().getSplit(),
                from.roles(),
                from.data().getClassesList(),
                from.data().getMaxRows());
        return IntStream.range(0, all.length)
                .filter(index -> !part.left().get(index))
                .map(index -> all[index])
                .toArray();
    }

    private static Pooling pooling(EmbeddingPooling pooling) {
        return switch (pooling) {
            case EMBEDDING_POOLING_CLS -> Pooling.CLS;
            case EMBEDDING_POOLING_MEAN, EMBEDDING_POOLING_UNSPECIFIED, UNRECOGNIZED -> Pooling.MEAN;
        };
    }

    /** The vectors as doubles; none may hold a value that is no number. */
    private static double[][] sound(Contender contender, List<float[]> vectors) {
        double[][] sound = new double[vectors.size()][];
        for (int row = 0; row < sound.length; row++) {
            float[] vector = vectors.get(row);
            sound[row] = new double[vector.length];
            for (int i = 0; i < vector.length; i++) {
                sound[row][i] = vector[i];
                if (!Float.isFinite(vector[i])) {
                    throw new GraftException(
                            ErrorCode.NON_FINITE_SCORES,
                            contender.name() + " gives row " + row + " a vector with " + vector[i]
                                    + ": look for NaN or infinity in its weights, or train it again with a lower"
                                    + " learning rate",
                            Map.of("version", contender.name(), "row", Integer.toString(row)));
                }
            }
        }
        return sound;
    }
}
