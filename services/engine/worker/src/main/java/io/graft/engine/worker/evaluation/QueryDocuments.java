package io.graft.engine.worker.evaluation;

import io.graft.engine.data.DataException;
import io.graft.engine.metrics.gate.Direction;
import io.graft.engine.metrics.retrieval.RankingScore;
import io.graft.engine.worker.training.DataRows;
import io.graft.platform.datasets.schema.Labels;
import io.graft.v1.EmbeddingRetrieval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Which documents belong to which queries.
 *
 * @param queries for each distinct query the row that it stands in first, in the order of the rows
 * @param documents the same of documents
 * @param relevance for each query, in the same order, that of documents by their index; others have 0
 */
record QueryDocuments(List<Integer> queries, List<Integer> documents, List<Map<Integer, Double>> relevance, int k) {
    QueryDocuments {
        queries = List.copyOf(queries);
        documents = List.copyOf(documents);
        relevance = List.copyOf(relevance);
    }

    /** Reads the rows that are measured on. */
    static QueryDocuments of(DataRows rows, EmbeddingRetrieval task) throws IOException {
        String column = task.getRelevance();
        double[] given = column.isEmpty() ? new double[0] : RowNumbers.of(rows, column);
        if (Arrays.stream(given).anyMatch(value -> value < 0)) {
            throw new DataException(
                    "Column '" + column + "' has a relevance below 0. Write 0 for what does not belong.");
        }
        Map<String, Integer> queries = new LinkedHashMap<>();
        Map<String, Integer> documents = new LinkedHashMap<>();
        List<Integer> firstQuery = new ArrayList<>();
        List<Integer> firstDocument = new ArrayList<>();
        List<Map<Integer, Double>> relevance = new ArrayList<>();
        rows.measured((position, row) -> {
            int query = index(
                    queries,
                    String.valueOf(Labels.text(row.value(rows.roles().textOrDefault()))),
                    position,
                    firstQuery);
            int document = index(
                    documents,
                    String.valueOf(Labels.text(row.value(rows.roles().textPair()))),
                    position,
                    firstDocument);
            if (query == relevance.size()) {
                relevance.add(new HashMap<>());
            }
            double value = given.length == 0 ? 1 : given[position];
            if (value > 0) {
                relevance.get(query).merge(document, value, Math::max);
            }
        });
        return new QueryDocuments(firstQuery, firstDocument, relevance, task.getK());
    }

    private static int index(Map<String, Integer> known, String text, int position, List<Integer> first) {
        Integer index = known.putIfAbsent(text, known.size());
        if (index == null) {
            first.add(position);
            return known.size() - 1;
        }
        return index;
    }

    /**
     * Ranks all documents for each query that has one.
     *
     * @param queryVectors one a row
     * @param documentVectors one a row
     * @param between asked after each query; may end the work by throwing
     */
    Measurement measurement(double[][] queryVectors, double[][] documentVectors, Runnable between) {
        List<Integer> rows = new ArrayList<>();
        List<RankingScore> ranked = new ArrayList<>();
        for (int query = 0; query < queries.size(); query++) {
            Map<Integer, Double> belonging = relevance.get(query);
            if (!belonging.isEmpty()) {
                double[] vector = queryVectors[queries.get(query)];
                double[] scores = documents.stream()
                        .parallel()
                        .mapToDouble(row -> VectorAngle.cosine(vector, documentVectors[row]))
                        .toArray();
                double[] grades = new double[scores.length];
                belonging.forEach((document, value) -> grades[document] = value);
                rows.add(queries.get(query));
                ranked.add(RankingScore.of(scores, grades, k));
                between.run();
            }
        }
        if (ranked.isEmpty()) {
            throw new DataException("No query has a document of a relevance above 0. Add rows that belong together.");
        }
        List<ExampleMetric> metrics = List.of(
                metric("ndcg_at_" + k, ranked, RankingScore::ndcg),
                metric("recall_at_" + k, ranked, RankingScore::recall),
                metric("mrr", ranked, RankingScore::reciprocalRank));
        Map<String, Double> values = new TreeMap<>();
        values.put("rows", (double) queryVectors.length);
        values.put("queries", (double) ranked.size());
        values.put("documents", (double) documents.size());
        metrics.forEach(metric -> values.put(metric.name(), metric.mean()));
        return new Measurement(values, rows.stream().mapToInt(Integer::intValue).toArray(), metrics);
    }

    private static ExampleMetric metric(String name, List<RankingScore> ranked, ToDoubleFunction<RankingScore> value) {
        return ExampleMetric.of(
                name,
                Direction.HIGHER_IS_BETTER,
                ranked.stream().mapToDouble(value).toArray());
    }
}
