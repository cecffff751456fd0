package io.graft.engine.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.Dtype;
import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.tensors.nn.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BertTest {
    private static final float TOLERANCE = 2e-4f;

    private final Torch torch = Torch.open(TorchSettings.threads(1).withSeed(5));
    private final ModelFamilies families = ModelFamilies.load();
    private final Path folder = Fixture.folder("tiny-bert");

    @TempDir
    Path scratch;

    @AfterEach
    void close() {
        torch.close();
    }

    private TokenBatch pair(JsonNode expected, int padding) {
        int[] ids = Fixture.ints(expected.get("input_ids"));
        int[] types = Fixture.ints(expected.get("type_ids"));
        int[][] rows = padding == 0 ? new int[][] {ids} : new int[][] {ids, new int[ids.length + padding]};
        int[][] kinds = padding == 0 ? new int[][] {types} : new int[][] {types, new int[ids.length + padding]};
        return TokenBatch.padded(torch, rows, kinds, 0);
    }

    @Test
    void pairsAreClassifiedAsByTheReference() throws IOException {
        JsonNode expected = Fixture.json("expected_bert.json");
        SequenceClassifier model = (SequenceClassifier)
                families.open(torch.root(), folder, OpenOptions.AS_STORED).model();
        assertThat(model.labels()).containsExactly("LABEL_0", "LABEL_1", "LABEL_2");
        for (int padding : new int[] {0, 7}) {
            Tensor logits = model.logits(pair(expected, padding)).select(0, 0);
            assertThat(logits.toFloats()).containsExactly(Fixture.floats(expected.get("logits")), within(TOLERANCE));
        }
    }

    @Test
    void hiddenStatesAreThoseOfTheReference() throws IOException {
        JsonNode expected = Fixture.json("expected_bert.json");
        ModelFamilies.Opened opened = families.open(torch.root(), folder, OpenOptions.forTask(Task.TEXT_ENCODING));
        assertThat(opened.ignored()).containsExactlyInAnyOrder("classifier.weight", "classifier.bias");
        TextEncoder model = (TextEncoder) opened.model();
        TokenBatch batch = pair(expected, 0);
        float[] hidden = Fixture.floats(expected.get("last_hidden"));
        assertThat(model.hidden(batch).toFloats()).containsExactly(hidden, within(TOLERANCE));
        float[] mean = new float[48];
        for (int i = 0; i < hidden.length; i++) {
            mean[i % 48] += hidden[i] / 16;
        }
        assertThat(model.embeddings(batch, TextEncoder.Pooling.MEAN, false).toFloats())
                .containsExactly(mean, within(TOLERANCE));
        Tensor padded = model.embeddings(pair(expected, 5), TextEncoder.Pooling.MEAN, false);
        assertThat(padded.select(0, 0).toFloats()).containsExactly(mean, within(TOLERANCE));
        Tensor unit = model.embeddings(batch, TextEncoder.Pooling.CLS, true);
        assertThat(unit.norm().item()).isCloseTo(1, within(1e-5));
    }

    @Test
    void aModelIsSavedAsItWasRead() throws IOException {
        Model model = families.open(torch.root(), folder, OpenOptions.AS_STORED).model();
        ModelFolder.save(model, scratch, DType.F32);
        assertThat(scratch.resolve("model.safetensors")).hasSameBinaryContentAs(folder.resolve("model.safetensors"));
        assertThat(ModelFamilies.parse("saved", Files.readString(scratch.resolve("config.json"))))
                .isEqualTo(ModelFamilies.parse("read", Files.readString(folder.resolve("config.json"))));
    }

    @Test
    void shardsOfHalfPrecisionWithoutThePrefixAreReadToo() throws IOException {
        TextEncoder encoder = (TextEncoder) families.open(torch.root(), folder, OpenOptions.forTask(Task.TEXT_ENCODING))
                .model();
        ModelFolder.save(encoder, scratch, DType.BF16, 40_000);
        assertThat(scratch.resolve("model.safetensors.index.json")).exists();
        try (Checkpoint saved = Checkpoint.open(scratch)) {
            assertThat(saved.tensor("embeddings.LayerNorm.weight").dtype()).isEqualTo(Dtype.BF16);
        }
        JsonNode expected = Fixture.json("expected_bert.json");
        SequenceClassifier model =
                (SequenceClassifier) families.open(torch.root(), scratch, OpenOptions.classifier(List.of("no", "yes")))
                        .model();
        assertThat(model.parameters()).allMatch(parameter -> parameter.value().dtype() == DType.F32);
        assertThat(model.logits(pair(expected, 0)).shape()).containsExactly(1, 2);
        assertThat(model.config().at("/id2label/1").asText()).isEqualTo("yes");
        TextEncoder again = (TextEncoder)
                families.open(torch.root(), scratch, OpenOptions.AS_STORED).model();
        assertThat(again.hidden(pair(expected, 0)).toFloats())
                .containsExactly(Fixture.floats(expected.get("last_hidden")), within(0.05f));
    }

    @Test
    void aNewHeadComesFromTheSeed() throws IOException {
        OpenOptions options = OpenOptions.classifier(List.of("a", "b", "c", "d"));
        ModelFamilies.Opened first = families.open(torch.root(), folder, options);
        torch.random().next();
        ModelFamilies.Opened second = families.open(torch.root(), folder, options);
        assertThat(first.initialised()).containsExactly("classifier.weight", "classifier.bias");
        Tensor weight = first.model().parameter("classifier.weight").value();
        assertThat(weight.shape()).containsExactly(4, 48);
        assertThat(weight.sameAs(second.model().parameter("classifier.weight").value()))
                .isTrue();
    }

    @Test
    void aPoolerThatTheCheckpointLacksHandsOnTheFirstToken() throws IOException {
        Model whole = families.open(torch.root(), folder, OpenOptions.AS_STORED).model();
        Path bare = scratch.resolve("bare");
        ModelFolder.save(new WithoutHead(whole), bare, DType.F32, Long.MAX_VALUE);
        ModelFamilies.Opened opened = families.open(torch.root(), bare, OpenOptions.classifier(List.of("a", "b")));

        assertThat(opened.neutral()).containsExactly("bert.pooler.dense.weight", "bert.pooler.dense.bias");
        assertThat(opened.initialised()).containsExactly("classifier.weight", "classifier.bias");
        Tensor weight = opened.model().parameter("bert.pooler.dense.weight").value();
        assertThat(weight.select(0, 3).toFloats()[3]).isEqualTo(1);
        assertThat(weight.select(0, 3).toFloats()[4]).isZero();
    }

    /** As a sentence encoder is published. */
    private record WithoutHead(Model whole) implements Model {
        @Override
        public ObjectNode config() {
            return whole.config();
        }

        @Override
        public List<Parameter> stored() {
            return whole.stored().stream()
                    .filter(parameter -> !parameter.name().matches("(bert\\.pooler|classifier)\\..*"))
                    .toList();
        }
    }

    @Test
    void aNewModelIsDrawnAsTheReferenceDoes() throws IOException {
        ObjectNode config = ModelFamilies.parse("c", Files.readString(folder.resolve("config.json")));
        Model model = families.create(torch.root(), config);
        Set<String> names = model.stored().stream().map(Parameter::name).collect(Collectors.toSet());
        try (Checkpoint reference = Checkpoint.open(folder)) {
            assertThat(names).isEqualTo(reference.tensors().keySet());
        }
        assertThat(model.parameters()).allMatch(Parameter::trainable);
        Tensor words = model.parameter("bert.embeddings.word_embeddings.weight")
                .value()
                .detach();
        assertThat(words.select(0, 0).norm().item()).isZero();
        assertThat(Math.sqrt(words.pow(2).mean().item())).isCloseTo(0.1, within(0.003));
        assertThat(model.parameter("bert.pooler.dense.bias").value().norm().item())
                .isZero();
        Model same = families.create(torch.root(), config);
        assertThat(same.parameters()
                        .getFirst()
                        .value()
                        .sameAs(model.parameters().getFirst().value()))
                .isTrue();
    }

    @Test
    void everyProblemOfAConfigurationIsNamed() throws IOException {
        ObjectNode config = ModelFamilies.parse("c", Files.readString(folder.resolve("config.json")));
        config.put("hidden_act", "mish")
                .put("num_attention_heads", 5)
                .put("is_decoder", true)
                .put("new_trick", 3);
        config.put("hidden_dropout_prob", 1.5);
        assertThatThrownBy(() -> families.create(torch.root(), config))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.problems()).hasSize(5))
                .hasMessageContaining("hidden_act names the activation mish")
                .hasMessageContaining("hidden_size must be a multiple")
                .hasMessageContaining("is_decoder is true; only false is supported")
                .hasMessageContaining("new_trick is 3, a setting that is not known")
                .hasMessageContaining("hidden_dropout_prob must lie in [0, 1)");
    }

    @Test
    void foldersThatNobodyKnowsAreRefused() throws IOException {
        assertThatThrownBy(() -> families.open(torch.root(), scratch, OpenOptions.AS_STORED))
                .hasMessageContaining("there is no config.json");
        Files.writeString(scratch.resolve("config.json"), "{\"model_type\": \"mamba\"}");
        assertThatThrownBy(() -> families.open(torch.root(), scratch, OpenOptions.AS_STORED))
                .hasMessageContaining(
                        "model_type 'mamba' can't be computed with; known are [bert, llama, mlp, resnet, vit]");
        Files.writeString(
                scratch.resolve("config.json"), "{\"model_type\": \"bert\", \"architectures\": [\"BertForMaskedLM\"]}");
        assertThatThrownBy(() -> families.open(torch.root(), scratch, OpenOptions.AS_STORED))
                .hasMessageContaining("name the task to open it for");
        Files.writeString(scratch.resolve("config.json"), "[]");
        assertThatThrownBy(() -> families.open(torch.root(), scratch, OpenOptions.AS_STORED))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("not a JSON object");
    }

    @Test
    void missingAndSurplusTensorsAreNamed() throws IOException {
        ObjectNode config = ModelFamilies.parse("c", Files.readString(folder.resolve("config.json")));
        config.put("num_hidden_layers", 3);
        Files.copy(folder.resolve("model.safetensors"), scratch.resolve("model.safetensors"));
        Files.writeString(scratch.resolve("config.json"), config.toString());
        assertThatThrownBy(() -> families.open(torch.root(), scratch, OpenOptions.AS_STORED))
                .hasMessageContaining("bert.encoder.layer.2.output.dense.weight is not in the weights");
        config.put("num_hidden_layers", 1);
        Files.writeString(scratch.resolve("config.json"), config.toString());
        assertThatThrownBy(() -> families.open(torch.root(), scratch, OpenOptions.AS_STORED))
                .hasMessageContaining("bert.encoder.layer.1.output.dense.weight has no place");
    }
}
