package io.graft.engine.methods.peft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.models.TextEncoder;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The published all-MiniLM-L6-v2 beside transformers; run with {@code -Dgraft.models=true}, see {@link PeftEnvironment}. */
@EnabledIfSystemProperty(named = "graft.models", matches = "true")
class SentenceEmbeddingsTest {
    private static final String MARK = "EMBEDDINGS ";

    @Test
    void areThoseOfTransformers() throws IOException, InterruptedException {
        PeftEnvironment.prepare();
        String printed = PeftEnvironment.python("sentence_embeddings.py");
        JsonNode expected = new JsonMapper().readTree(printed.substring(printed.indexOf(MARK) + MARK.length()));
        int[][] ids = IntStream.range(0, expected.get("ids").size())
                .mapToObj(row -> ints(expected.get("ids").get(row)))
                .toArray(int[][]::new);
        try (Torch torch = Torch.open(TorchSettings.threads(1))) {
            TextEncoder model = (TextEncoder) ModelFamilies.load()
                    .open(torch.root(), Path.of(expected.get("folder").asText()), OpenOptions.AS_STORED)
                    .model();
            float[] own = model.embeddings(TokenBatch.padded(torch, ids, null, 0), TextEncoder.Pooling.MEAN, true)
                    .toFloats();
            int width = own.length / ids.length;
            for (int at = 0; at < own.length; at++) {
                double theirs =
                        expected.get("mean").get(at / width).get(at % width).asDouble();
                assertThat(Math.abs(own[at] - theirs)).isLessThan(1e-5);
            }
        }
    }

    private static int[] ints(JsonNode array) {
        return IntStream.range(0, array.size()).map(at -> array.get(at).asInt()).toArray();
    }
}
