package io.graft.engine.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.conversion.ModelImport;
import io.graft.engine.conversion.ModelSource;
import io.graft.engine.conversion.maven.EmbeddingJar;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** On a real sentence encoder, 130 MB, which Maven fetches when needed; run with {@code -Dgraft.models=true}. */
@EnabledIfSystemProperty(named = "graft.models", matches = "true")
class PublishedEncoderTest {
    @TempDir
    Path temporary;

    @Test
    void embeddingsAreThoseOfTheReference() throws IOException {
        Path folder = temporary.resolve("model");
        ModelImport.stage(new ModelSource.Published(EmbeddingJar.BGE_SMALL_EN_V15, temporary.resolve("cache")), folder);
        JsonNode expected = Fixture.json("expected_bge_small.json");
        int[][] ids = new int[expected.get("ids").size()][];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Fixture.ints(expected.get("ids").get(i));
        }
        try (Torch torch = Torch.open(TorchSettings.threads(2))) {
            TextEncoder model = (TextEncoder) ModelFamilies.load()
                    .open(torch.root(), folder, OpenOptions.AS_STORED)
                    .model();
            TokenBatch batch = TokenBatch.padded(torch, ids, null, 0);
            assertThat(model.embeddings(batch, TextEncoder.Pooling.CLS, true).toFloats())
                    .containsExactly(Fixture.floats(expected.get("cls")), within(1e-5f));
            assertThat(model.embeddings(batch, TextEncoder.Pooling.MEAN, true).toFloats())
                    .containsExactly(Fixture.floats(expected.get("mean")), within(1e-5f));
        }
    }
}
