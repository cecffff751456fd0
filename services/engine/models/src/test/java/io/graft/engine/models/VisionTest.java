package io.graft.engine.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.TensorFiles;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.tensors.nn.Losses;
import io.graft.engine.tensors.nn.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisionTest {
    private static final float TOLERANCE = 2e-4f;

    private final Torch torch = Torch.open(TorchSettings.threads(1).withSeed(5));
    private final ModelFamilies families = ModelFamilies.load();

    @TempDir
    Path scratch;

    @AfterEach
    void close() {
        torch.close();
    }

    /** Channels sin(x / 5), cos(y / 7) and sin((x + y) / 9) of a 32 x 32 image. */
    private Tensor image() {
        float[] pixels = new float[3 * 32 * 32];
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                pixels[y * 32 + x] = (float) Math.sin(x / 5.0);
                pixels[1024 + y * 32 + x] = (float) Math.cos(y / 7.0);
                pixels[2048 + y * 32 + x] = (float) Math.sin((x + y) / 9.0);
            }
        }
        return Tensors.of(torch, pixels, 1, 3, 32, 32);
    }

    private ImageClassifier open(Path folder) throws IOException {
        return (ImageClassifier)
                families.open(torch.root(), folder, OpenOptions.AS_STORED).model();
    }

    @Test
    void vitLogitsAreThoseOfTheReference() throws IOException {
        Path folder = Fixture.folder("tiny-vit");
        ImageClassifier model = open(folder);
        float[] expected = Fixture.floats(Fixture.json("expected_vit.json").get("logits"));
        assertThat(model.logits(image()).toFloats()).containsExactly(expected, within(TOLERANCE));
        ModelFolder.save(model, scratch, DType.F32);
        assertThat(scratch.resolve("model.safetensors")).hasSameBinaryContentAs(folder.resolve("model.safetensors"));
        assertThatThrownBy(() -> model.logits(Tensors.zeros(torch, DType.F32, 1, 3, 16, 16)))
                .hasMessageContaining("Images must have the shape [batch, 3, 32, 32]");
    }

    @Test
    void vitIsReadWithTheNamesThatTheNewestReleaseHasInMemory() throws IOException {
        Path folder = Fixture.folder("tiny-vit");
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        try (Checkpoint stored = Checkpoint.open(folder)) {
            TensorFiles.loadAll(torch, stored)
                    .forEach((name, tensor) -> renamed.put(
                            name.replace("encoder.layer.", "layers.")
                                    .replace("attention.attention.query", "attention.q_proj")
                                    .replace("attention.attention.key", "attention.k_proj")
                                    .replace("attention.attention.value", "attention.v_proj")
                                    .replace("attention.output.dense", "attention.o_proj")
                                    .replace("intermediate.dense", "mlp.fc1")
                                    .replace("output.dense", "mlp.fc2"),
                            tensor));
        }
        TensorFiles.save(renamed, scratch, "model");
        Files.copy(folder.resolve("config.json"), scratch.resolve("config.json"));
        ImageClassifier model = open(scratch);
        float[] expected = Fixture.floats(Fixture.json("expected_vit.json").get("logits"));
        assertThat(model.logits(image()).toFloats()).containsExactly(expected, within(TOLERANCE));
        assertThat(model.canonicalName("vit.layers.1.attention.q_proj"))
                .isEqualTo("vit.encoder.layer.1.attention.attention.query");
        assertThat(model.linears()).containsKey(model.canonicalName("vit.layers.0.mlp.fc2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-resnet-basic", "tiny-resnet-bottleneck"})
    void resNetComputesAndTrainsAsTheReference(String name) throws IOException {
        JsonNode expected = Fixture.json("expected_resnet.json");
        ImageClassifier model = open(Fixture.folder(name));
        assertThat(model.logits(image()).select(0, 0).toFloats())
                .containsExactly(Fixture.floats(expected.get(name)), within(TOLERANCE));
        model.setTrainable(true);
        model.training(true);
        Tensor batch = Tensors.concat(List.of(image(), image().neg()), 0);
        Tensor loss = Losses.crossEntropy(model.logits(batch), Tensors.of(torch, new long[] {1, 2}, 2), 0);
        assertThat(loss.item()).isCloseTo(expected.get(name + "#train_loss").doubleValue(), within(1e-4));
        Tensor stem =
                model.parameter("resnet.embedder.embedder.convolution.weight").value();
        double norm = expected.get(name + "#stem_grad_norm").doubleValue();
        assertThat(Gradients.of(loss, List.of(stem)).values().getFirst().norm().item())
                .isCloseTo(norm, within(2e-3 * norm));
        ModelFolder.save(model, scratch, DType.F32);
        model.training(false);
        assertThat(open(scratch).logits(image()).sameAs(model.logits(image()))).isTrue();
    }

    @Test
    void aPerceptronLearns() {
        ObjectNode config = ModelFamilies.parse("c", """
                {"model_type": "mlp", "architectures": ["MlpForImageClassification"], "input_size": 2, "hidden_size": 16,
                 "num_hidden_layers": 2, "hidden_act": "tanh", "num_labels": 2}""");
        ImageClassifier model = (ImageClassifier) families.create(torch.root(), config);
        Tensor x = Tensors.of(torch, new float[] {0, 0, 0, 1, 1, 0, 1, 1}, 4, 2);
        Tensor y = Tensors.of(torch, new long[] {0, 1, 1, 0}, 4);
        List<Tensor> values = model.parameters().stream().map(Parameter::value).toList();
        for (int step = 0; step < 200; step++) {
            Tensor loss = Losses.crossEntropy(model.logits(x), y, 0);
            Gradients gradients = Gradients.of(loss, values);
            for (int i = 0; i < values.size(); i++) {
                values.get(i).addInPlace(gradients.values().get(i), -0.5);
            }
        }
        assertThat(model.logits(x).argmax(-1).toLongs()).containsExactly(0, 1, 1, 0);
    }
}
