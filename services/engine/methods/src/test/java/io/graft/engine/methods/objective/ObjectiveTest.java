package io.graft.engine.methods.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.methods.Oracle;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
    private final Torch torch = Torch.open(TorchSettings.threads(1));

    @AfterEach
    void close() {
        torch.close();
    }

    private Tensor matrix(double[][] rows) {
        float[] values = new float[rows.length * rows[0].length];
        for (int at = 0; at < values.length; at++) {
            values[at] = (float) rows[at / rows[0].length][at % rows[0].length];
        }
        return Tensors.of(torch, values, rows.length, rows[0].length);
    }

    @Test
    void nextTokenLossIsTransformers() {
        JsonNode oracle = Oracle.of("training.json", "sft.masked_ce");
        Tensor logits =
                matrix(Oracle.rows(oracle.get("inputs").get("logits").get(0))).unsqueeze(0);
        Tensor labels = Tensors.of(torch, new long[] {-100, 2, 4, -100}, 1, 4);

        var loss = ((LanguageModeling) ObjectiveMethod.choose("causal_lm", Map.of())).loss(logits, labels, 0);

        assertThat(loss.loss().item())
                .isCloseTo(oracle.get("expected").get("loss").asDouble(), within(1e-6));
        assertThat(loss.count().item()).isEqualTo(2);
    }

    @Test
    void zLossAddsTheSquaredLogNormaliser() {
        JsonNode oracle = Oracle.of("training.json", "z_loss");
        Tensor rows = matrix(Oracle.rows(oracle.get("input").get("logits")));
        Tensor logits = Tensors.concat(List.of(rows, rows.slice(0, 0, 1)), 0).unsqueeze(0);
        Tensor labels = Tensors.of(torch, new long[] {-100, 0, 1}, 1, 3);

        var objective = (LanguageModeling) ObjectiveMethod.choose("causal_lm", Map.of("z_loss", 1e-4));

        assertThat(objective.loss(logits, labels, 0).loss().item())
                .isCloseTo(oracle.get("expected").get("total").asDouble(), within(1e-6));
    }

    @Test
    void stepsOfSeveralBatchesDivideByAllTargets() {
        var objective = (LabelPrediction) ObjectiveMethod.choose("classification", Map.of());
        Tensor logits = matrix(new double[][] {{2, 0, 1}, {0, 1, 0}});
        Tensor labels = Tensors.of(torch, new long[] {0, 2}, 2);

        double alone = objective.loss(logits, labels, 0).loss().item();

        assertThat(objective.loss(logits, labels, 8).loss().item()).isCloseTo(alone / 4, within(1e-6));
        assertThat(((LabelPrediction) ObjectiveMethod.choose("pair_classification", Map.of())).pairs())
                .isTrue();
    }

    @Test
    void contrastiveLossIsTheSoftmaxOverTheBatch() {
        var objective = (ContrastiveLearning)
                ObjectiveMethod.choose("contrastive", Map.of("temperature", 0.5, "symmetric", true));
        Tensor anchors = matrix(new double[][] {{3, 0}, {0, 0.5}});
        double ordered = Math.log(1 + Math.exp(-2));

        assertThat(objective.loss(anchors, anchors).item()).isCloseTo(ordered, within(1e-6));
        assertThat(objective.lossEach(anchors, anchors).toFloats())
                .containsExactly(new float[] {(float) ordered, (float) ordered}, within(1e-6f));
        assertThatThrownBy(() -> objective.loss(anchors.slice(0, 0, 1), anchors.slice(0, 0, 1)))
                .hasMessageContaining("use a larger batch");
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> ObjectiveMethod.choose("causal_lm", Map.of("z_loss", -1, "label_smoothing", 1)))
                .hasMessageContaining("z_loss")
                .hasMessageContaining("label_smoothing");
        assertThatThrownBy(() -> ObjectiveMethod.choose("contrastive", Map.of("temperature", 0)))
                .hasMessageContaining("temperature");
    }
}
