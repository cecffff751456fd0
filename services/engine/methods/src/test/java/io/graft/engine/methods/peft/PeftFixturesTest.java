package io.graft.engine.methods.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.models.SequenceClassifier;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters that PEFT trained: what they compute, merged and not, and that they are written as they were read. */
class PeftFixturesTest {
    private static final Path ADAPTERS = Path.of("src/test/resources/adapters");
    private static final Path MODELS = Path.of("../models/src/test/resources");

    private final Torch torch = Torch.open(TorchSettings.threads(1));

    @TempDir
    Path temporary;

    @AfterEach
    void close() {
        torch.close();
    }

    private static JsonNode expected(String name) throws IOException {
        return new JsonMapper().readTree(ADAPTERS.resolve(name).toFile());
    }

    private Tensor ids(JsonNode list) {
        long[] ids = new long[list.size()];
        for (int at = 0; at < ids.length; at++) {
            ids[at] = list.get(at).asLong();
        }
        return Tensors.of(torch, ids, 1, ids.length);
    }

    private static void assertLogits(Tensor logits, JsonNode expected) {
        float[] actual = logits.detach().toFloats();
        assertThat(actual).hasSize(expected.size());
        for (int at = 0; at < actual.length; at++) {
            assertThat((double) actual[at]).isCloseTo(expected.get(at).asDouble(), within(2e-4));
        }
    }

    private void assertWrittenAsRead(LoraAdapter adapter, String name) throws IOException {
        Path written = temporary.resolve(name);
        adapter.save(written);
        try (Checkpoint one = Checkpoint.openFile(ADAPTERS.resolve(name).resolve(AdapterFolder.WEIGHTS));
                Checkpoint two = Checkpoint.openFile(written.resolve(AdapterFolder.WEIGHTS))) {
            assertThat(two.listing()).containsExactlyInAnyOrderElementsOf(one.listing());
            assertThat(two.metadata()).isEqualTo(one.metadata());
        }
    }

    @Test
    void bert() throws IOException {
        JsonNode expected = expected("expected_bert.json");
        var model = (SequenceClassifier) ModelFamilies.load()
                .open(torch.root(), MODELS.resolve("tiny-bert"), OpenOptions.AS_STORED)
                .model();
        BaseModel base = new BaseModel(model, "bert", Set.of("classifier"), "SEQ_CLS", "tiny-bert");
        TokenBatch batch = TokenBatch.of(ids(expected.get("input_ids")), null, ids(expected.get("type_ids")));

        LoraAdapter adapter = LoraAdapter.load(base, ADAPTERS.resolve("tiny-bert-lora"), torch.root());

        assertLogits(model.logits(batch), expected.get("adapter_logits"));
        assertWrittenAsRead(adapter, "tiny-bert-lora");
        MergeReport report = adapter.merge(() -> model.logits(batch));
        assertThat(report.outputDifference()).isNotNull().isLessThan(5e-6);
        assertLogits(model.logits(batch), expected.get("merged_logits"));
        adapter.unmerge();
        adapter.setEnabled(false);
        assertLogits(model.logits(batch), expected.get("logits"));
    }
}
