package io.graft.cli.training;

import io.graft.v1.EmbeddingPooling;
import io.graft.v1.EmbeddingTask;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is done with a model's vectors. */
final class EmbeddingOptions {
    /** What vectors are good for. */
    enum Use {
        SIMILARITY,
        RETRIEVAL,
        PROBE,
        NEIGHBOURS
    }

    /** How the vectors of tokens become one. */
    enum Pooling {
        MEAN,
        CLS
    }

    @Option(
            names = "--embedding",
            paramLabel = "USE",
            description = "measure what the version's vectors are worth instead of an objective: similarity (of a text"
                    + " and its pair, beside a score), retrieval (the pair of a text among all), probe (a linear"
                    + " classifier, needs --holdout), neighbours (the nearest rows, needs --holdout)")
    @Nullable
    Use use;

    @Option(names = "--pooling", paramLabel = "HOW", description = "embedding: mean (default) or cls")
    @Nullable
    Pooling pooling;

    @Option(names = "--score-column", paramLabel = "NAME", description = "similarity: the score (default score)")
    String score = "";

    @Option(
            names = "--relevance-column",
            paramLabel = "NAME",
            description = "retrieval: how much the pair belongs to the text, from 0 (default 1 for every row)")
    String relevance = "";

    @Option(
            names = "--k",
            paramLabel = "N",
            description = "retrieval: how many are looked at (default 10); neighbours: how many vote (default 20)")
    int k;

    @Option(names = "--l2", paramLabel = "X", description = "probe: weight of the squared coefficients (default 0.001)")
    @Nullable
    Double l2;

    @Option(names = "--temperature", paramLabel = "X", description = "neighbours: temperature (default 0.07)")
    @Nullable
    Double temperature;

    /** The task, if one is asked for. */
    Optional<EmbeddingTask> task() {
        if (use == null) {
            return Optional.empty();
        }
        EmbeddingTask.Builder task = EmbeddingTask.newBuilder();
        switch (use) {
            case SIMILARITY -> task.getSimilarityBuilder().setScore(score);
            case RETRIEVAL -> task.getRetrievalBuilder().setRelevance(relevance).setK(k);
            case PROBE -> {
                task.getProbeBuilder();
                if (l2 != null) {
                    task.getProbeBuilder().setL2(l2);
                }
            }
            case NEIGHBOURS -> {
                task.getNeighboursBuilder().setK(k);
                if (temperature != null) {
                    task.getNeighboursBuilder().setTemperature(temperature);
                }
            }
        }
        if (pooling != null) {
            task.setPooling(EmbeddingPooling.valueOf("EMBEDDING_POOLING_" + pooling.name()));
        }
        return Optional.of(task.build());
    }
}
