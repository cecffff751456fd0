package io.graft.engine.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.graft.engine.data.DataException;
import io.graft.engine.worker.training.DataRows;
import io.graft.v1.DataColumns;
import io.graft.v1.EmbeddingRetrieval;
import io.graft.v1.LongRows;
import io.graft.v1.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueryDocumentsTest {
    private static final Runnable NEVER_STOPPED = () -> {};

    @TempDir
    Path folder;

    @Test
    void textsThatRecurAreOneQueryAndOneDocument() throws IOException {
        QueryDocuments pairs = read("");

        assertThat(pairs.queries()).containsExactly(0, 3, 4);
        assertThat(pairs.documents()).containsExactly(0, 1, 4);
        assertThat(pairs.relevance()).containsExactly(Map.of(0, 1.0, 1, 1.0), Map.of(0, 1.0), Map.of(2, 1.0));
    }

    @Test
    void theGreatestRelevanceOfAPairCountsAndNoneIsNone() throws IOException {
        assertThat(read("grade").relevance()).containsExactly(Map.of(0, 3.0, 1, 1.0), Map.of(0, 2.0), Map.of());
    }

    @Test
    void ranksAllDocumentsForEachQueryThatHasOne() {
        QueryDocuments pairs = new QueryDocuments(
                List.of(0, 3, 4), List.of(0, 1, 4), List.of(Map.of(0, 3.0, 1, 1.0), Map.of(0, 2.0), Map.of()), 1);
        double[][] queries = {{1, 0}, {0, 0}, {0, 0}, {0, 2}, {1, 1}};
        double[][] documents = {{0, 3}, {5, 1}, {0, 0}, {0, 0}, {1, 1}};

        Measurement measured = pairs.measurement(queries, documents, NEVER_STOPPED);

        assertThat(measured.rows()).as("the row that a query stands in first").containsExactly(0, 3);
        assertThat(measured.metrics())
                .containsEntry("queries", 2.0)
                .containsEntry("documents", 3.0)
                .containsEntry("rows", 5.0);
        assertThat(measured.metrics().get("recall_at_1"))
                .as("the first query finds one of two, the second its own")
                .isCloseTo((0.5 + 1) / 2, within(1e-12));
        assertThat(measured.metrics().get("ndcg_at_1"))
                .as("gain 1 where 3 was possible; 2 of 2")
                .isCloseTo((1.0 / 3 + 1) / 2, within(1e-12));
        assertThat(measured.metrics()).containsEntry("mrr", 1.0);
    }

    @Test
    void refusesQueriesToWhichNothingBelongs() {
        QueryDocuments pairs = new QueryDocuments(List.of(0), List.of(0), List.of(Map.of()), 10);

        assertThatThrownBy(() -> pairs.measurement(new double[][] {{1}}, new double[][] {{1}}, NEVER_STOPPED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("No query has a document");
    }

    private QueryDocuments read(String relevance) throws IOException {
        Files.writeString(folder.resolve("test.jsonl"), """
                {"q": "one", "d": "eins", "grade": 1}
                {"q": "one", "d": "ein", "grade": 1}
                {"q": "one", "d": "eins", "grade": 3}
                {"q": "uno", "d": "eins", "grade": 2}
                {"q": "two", "d": "zwei", "grade": 0}
                """);
        TrainingData data = TrainingData.newBuilder()
                .setSplit("test")
                .setColumns(DataColumns.newBuilder().setText("q").setTextPair("d"))
                .build();
        return QueryDocuments.of(
                new DataRows(folder, data, 16, LongRows.LONG_ROWS_REFUSE, 0),
                EmbeddingRetrieval.newBuilder().setRelevance(relevance).setK(10).build());
    }
}
