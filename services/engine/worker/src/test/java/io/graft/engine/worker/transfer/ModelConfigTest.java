package io.graft.engine.worker.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.TensorSpec;
import io.graft.platform.error.GraftException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelConfigTest {
    private static final List<TensorSpec> BEFORE = tensors(100);
    private static final String CONFIG = "{\"vocab_size\":100,  \"hidden_size\": 4, \"torch_dtype\": \"bfloat16\"}";

    @Test
    void sameTensorsKeepEveryByte() {
        assertThat(ModelConfig.adapt(CONFIG, BEFORE, BEFORE, null)).isEqualTo(CONFIG);
        assertThat(ModelConfig.adapt(CONFIG, BEFORE, BEFORE, Dtype.BF16)).isEqualTo(CONFIG);
    }

    @Test
    void moreRowsMakeALargerVocabulary() {
        assertThat(ModelConfig.adapt(CONFIG, BEFORE, tensors(104), null)).isEqualTo("""
                        {
                          "vocab_size" : 104,
                          "hidden_size" : 4,
                          "torch_dtype" : "bfloat16"
                        }
                        """);
    }

    @Test
    void vocabularyOfANestedTextModelFollowsToo() {
        assertThat(ModelConfig.adapt("{\"text_config\": {\"vocab_size\": 100}}", BEFORE, tensors(104), null))
                .contains("\"vocab_size\" : 104");
    }

    @Test
    void otherTypeIsWrittenDown() {
        assertThat(ModelConfig.adapt(CONFIG, BEFORE, BEFORE, Dtype.F32))
                .contains("\"torch_dtype\" : \"float32\"")
                .doesNotContain("\"dtype\"");
    }

    @Test
    void otherThanAnObjectIsRefused() {
        assertThatThrownBy(() -> ModelConfig.adapt("[1]", BEFORE, BEFORE, null))
                .isInstanceOf(GraftException.class)
                .hasMessageContaining("config.json");
        assertThatThrownBy(() -> ModelConfig.adapt("{", BEFORE, BEFORE, null)).isInstanceOf(GraftException.class);
    }

    private static List<TensorSpec> tensors(long rows) {
        return List.of(
                new TensorSpec("model.embed_tokens.weight", Dtype.BF16, List.of(rows, 4L)),
                new TensorSpec("model.norm.weight", Dtype.BF16, List.of(4L)));
    }
}
