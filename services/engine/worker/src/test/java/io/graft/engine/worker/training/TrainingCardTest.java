package io.graft.engine.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.worker.PulledInput;
import io.graft.v1.AssignmentInput;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrainingCardTest {
    private static final PulledInput DATA = pulled("data", "tenants/default/datasets/reviews/versions/2");

    @ParameterizedTest
    @CsvSource({"peft, adapter", "transformers, finetune"})
    void namesTheBaseAsTheHubReadsIt(String library, String relation) {
        String card = card(library, pulled("base", "tenants/default/models/1e5/versions/3"), DATA);

        assertThat(card).startsWith("""
                ---
                base_model: "1e5"
                base_model_relation: %s
                library_name: %s
                tags:
                - graft
                ---
                """.formatted(relation, library));
        assertThat(card)
                .contains("| base | tenants/default/models/1e5/versions/3 | `sha256:base` |", "| loss | 0.500000 |");
    }

    @Test
    void namesNoneWhereThereIsNone() {
        assertThat(card("transformers", DATA)).startsWith("---\nlibrary_name: transformers\n");
    }

    private static String card(String library, PulledInput... inputs) {
        return TrainingCard.of(
                "Tuned", library, List.of(inputs), FinetuneSpec.getDefaultInstance(), Map.of("loss", 0.5));
    }

    private static PulledInput pulled(String role, String version) {
        AssignmentInput input = AssignmentInput.newBuilder()
                .setRole(role)
                .setVersion(version)
                .setDigest("sha256:" + role)
                .build();
        return new PulledInput(input, Manifest.getDefaultInstance(), Path.of("none"));
    }
}
