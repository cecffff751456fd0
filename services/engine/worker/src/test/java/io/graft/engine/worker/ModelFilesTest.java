package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelFilesTest {
    @ParameterizedTest
    @CsvSource({
        "model.safetensors, weights",
        "model-00001-of-00002.safetensors, weights",
        "model.safetensors.index.json, weights",
        "tokenizer.json, tokenizer",
        "vocab.txt, tokenizer",
        "generation_config.json, tokenizer",
        "config.json, carried",
        "1_Pooling/config.json, carried",
        "sentence_bert_config.json, carried",
        "README.md, left",
        "graft/diagnostics.json, left",
        "onnx/model.onnx, left",
        "model.gguf, left",
        "modeling_custom.py, left",
        "onnx/model.safetensors, left"
    })
    void everyFileHasOneFate(String path, String fate) {
        String found = ModelFiles.isWeights(path)
                ? "weights"
                : ModelFiles.isTokenizer(path) ? "tokenizer" : ModelFiles.isCarried(path) ? "carried" : "left";

        assertThat(found).isEqualTo(fate);
    }
}
