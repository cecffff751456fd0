package io.graft.evaluation.domain;

import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.DataCheck;
import io.graft.platform.submission.training.Task;
import io.graft.v1.DatasetColumn;
import io.graft.v1.DatasetVersion;
import io.graft.v1.EmbeddingNeighbours;
import io.graft.v1.EmbeddingPooling;
import io.graft.v1.EmbeddingTask;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.MethodChoice;
import java.util.List;
import java.util.Optional;

/** Checks evaluations of a model's vectors. */
final class EmbeddingFields {
    private static final String PATH = "spec.embedding";
    private static final int STANDARD_CUTOFF = 10;
    private static final int MOST_LOOKED_AT = 1000;
    private static final int STANDARD_VOTERS = 20;
    private static final int MOST_VOTERS = 10_000;
    private static final double STANDARD_TEMPERATURE = 0.07;
    private static final double STANDARD_L2 = 1e-3;

    private EmbeddingFields() {}

    /** The task with its defaults; what is wrong with it, or does not go with it, is noted. */
    static EmbeddingTask effective(SpecFields fields, EvaluateSpec spec) {
        EmbeddingTask task = spec.getEmbedding();
        fields.require(
                spec.getObjective().equals(MethodChoice.getDefaultInstance()),
                PATH,
                "goes without spec.objective; measure one or the other");
        fields.require(spec.getHead().isEmpty(), "spec.head", "goes with an objective only; vectors need no head");
        fields.require(task.getPooling() != EmbeddingPooling.UNRECOGNIZED, PATH + ".pooling", "is none of MEAN, CLS");
        EmbeddingTask.Builder effective = task.toBuilder();
        if (task.getPooling() == EmbeddingPooling.EMBEDDING_POOLING_UNSPECIFIED) {
            effective.setPooling(EmbeddingPooling.EMBEDDING_POOLING_MEAN);
        }
        switch (task.getKindCase()) {
            case SIMILARITY -> {
                if (task.getSimilarity().getScore().isEmpty()) {
                    effective.getSimilarityBuilder().setScore("score");
                }
            }
            case RETRIEVAL -> {
                int k = task.getRetrieval().getK();
                fields.range(PATH + ".retrieval.k", k, 0, MOST_LOOKED_AT);
                effective.getRetrievalBuilder().setK(k == 0 ? STANDARD_CUTOFF : k);
            }
            case PROBE -> {
                double l2 = task.getProbe().hasL2() ? task.getProbe().getL2() : STANDARD_L2;
                positive(fields, PATH + ".probe.l2", l2);
                effective.getProbeBuilder().setL2(l2);
                holdout(fields, spec);
            }
            case NEIGHBOURS -> {
                effective.setNeighbours(neighbours(fields, task.getNeighbours()));
                holdout(fields, spec);
            }
            case KIND_NOT_SET ->
                fields.require(
                        false,
                        PATH + ".similarity",
                        "or retrieval, probe or neighbours is required: say what is done with the vectors");
        }
        return effective.build();
    }

    private static EmbeddingNeighbours neighbours(SpecFields fields, EmbeddingNeighbours given) {
        double temperature = given.hasTemperature() ? given.getTemperature() : STANDARD_TEMPERATURE;
        fields.range(PATH + ".neighbours.k", given.getK(), 0, MOST_VOTERS);
        positive(fields, PATH + ".neighbours.temperature", temperature);
        return given.toBuilder()
                .setK(given.getK() == 0 ? STANDARD_VOTERS : given.getK())
                .setTemperature(temperature)
                .build();
    }

    private static void positive(SpecFields fields, String field, double value) {
        fields.require(value > 0 && Double.isFinite(value), field, "is " + value + "; it is above 0");
    }

    private static void holdout(SpecFields fields, EvaluateSpec spec) {
        fields.require(
                spec.getData().hasHoldout(),
                "spec.data.holdout",
                "is required: classifiers on vectors are measured on rows that are kept back, and learn from the others");
    }

    /** What kind of rows are read. */
    static Task task(EmbeddingTask task) {
        return switch (task.getKindCase()) {
            case SIMILARITY, RETRIEVAL -> Task.PAIRS;
            case PROBE, NEIGHBOURS, KIND_NOT_SET -> Task.CLASSIFICATION;
        };
    }

    /** What a gate can compare, the standard one first; of a task with its defaults. */
    static List<String> metrics(EmbeddingTask task) {
        return switch (task.getKindCase()) {
            case SIMILARITY -> List.of("spearman", "pearson");
            case RETRIEVAL -> {
                int k = task.getRetrieval().getK();
                yield List.of("ndcg_at_" + k, "recall_at_" + k, "mrr");
            }
            case PROBE, KIND_NOT_SET -> List.of("accuracy", "loss", "f1_macro", "brier");
            case NEIGHBOURS -> List.of("accuracy", "f1_macro");
        };
    }

    /** Notes a column of numbers that the data set does not have, or an adapter where pictures need whole weights. */
    static void fit(SpecFields fields, EvaluateSpec spec, DatasetVersion rows) {
        EmbeddingTask task = spec.getEmbedding();
        number(fields, PATH + ".similarity.score", task.getSimilarity().getScore(), rows);
        number(fields, PATH + ".retrieval.relevance", task.getRetrieval().getRelevance(), rows);
    }

    /** Notes an adapter where whole weights are needed. */
    static void fit(SpecFields fields, String field, Contender contender, boolean arePictures) {
        fields.require(
                !arePictures || contender.base().isEmpty(),
                field + ".version",
                "is an adapter; vectors of pictures are taken of whole weights, so merge it into its base first");
    }

    private static void number(SpecFields fields, String field, String name, DatasetVersion rows) {
        if (name.isEmpty()) {
            return;
        }
        Optional<DatasetColumn> found = DataCheck.find(rows, name);
        boolean isNumber = found.isPresent()
                && !found.get().getOptional()
                && switch (found.get().getType()) {
                    case COLUMN_TYPE_INTEGER, COLUMN_TYPE_DECIMAL -> true;
                    case COLUMN_TYPE_TEXT,
                            COLUMN_TYPE_BOOLEAN,
                            COLUMN_TYPE_LIST,
                            COLUMN_TYPE_OBJECT,
                            COLUMN_TYPE_IMAGE,
                            COLUMN_TYPE_UNSPECIFIED,
                            UNRECOGNIZED -> false;
                };
        fields.require(
                isNumber,
                field,
                "is '" + name + "', which is no column of " + rows.getName() + " with a number in every row");
    }
}
