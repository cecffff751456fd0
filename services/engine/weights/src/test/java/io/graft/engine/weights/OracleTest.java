package io.graft.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.compatibility.GraftRules;
import io.graft.engine.safetensors.compatibility.TensorSelection;
import io.graft.engine.safetensors.compatibility.VocabularyPolicy;
import io.graft.engine.safetensors.digest.Sha256;
import io.graft.engine.weights.pipeline.EngineSettings;
import io.graft.engine.weights.pipeline.TransferProgress;
import io.graft.engine.weights.pipeline.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole output files, bit for bit, against numpy: see {@code oracle/make_oracle.py} in the test resources. */
final class OracleTest {
    /** The first tensor of the oracle fills this, so that the others go to a second shard as in its sharded case. */
    private static final long FIRST_TENSOR_BYTES = 37 * 29 * 2;

    @TempDir
    Path temporary;

    @ParameterizedTest(name = "{0}, {1} threads")
    @CsvSource({
        "bf16, 1",
        "bf16, 3",
        "bf16-half, 2",
        "bf16-subnormal, 2",
        "f16, 2",
        "f32, 1",
        "f32, 2",
        "f64, 2",
        "mixed, 2",
        "widened, 2"
    })
    void filesEqualThoseOfNumpy(String name, int threads) throws IOException {
        Path oracle = Path.of("src/test/resources/oracle", name);
        JsonNode about = new ObjectMapper().readTree(Files.readString(oracle.resolve("case.json")));
        boolean sharded = Files.exists(oracle.resolve("expected/model.safetensors.index.json"));
        GraftRules rules = new GraftRules(
                TensorSelection.ALL,
                VocabularyPolicy.REFUSE,
                Dtype.valueOf(about.get("out_dtype").asText()));
        EngineSettings settings =
                EngineSettings.DEFAULT.withThreads(threads).withMaxShardBytes(sharded ? FIRST_TENSOR_BYTES : 1_000_000);
        GraftSource source = new GraftSource.ThreeModels(oracle.resolve("base"), oracle.resolve("tuned"));
        double lambda = about.get("lambda").asDouble();
        GraftResult result = WeightGraft.run(
                new GraftRequest(source, oracle.resolve("target"), temporary.resolve("out"), lambda, rules, settings),
                TransferProgress.NONE);
        assertThat(result.files()).hasSize(sharded ? 3 : 1);
        for (WrittenFile file : result.files()) {
            Path expected = oracle.resolve("expected").resolve(file.path().getFileName());
            assertThat(file.path()).hasSameBinaryContentAs(expected);
            assertThat(file.sha256()).isEqualTo(Sha256.ofFile(expected));
            assertThat(file.size()).isEqualTo(Files.size(expected));
        }
    }
}
