package io.graft.it;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A Hugging Face folder of a few kilobytes, made byte by byte and without Graft's own writer, so that the tests would
 * notice if that one were wrong.
 *
 * @param files content by path
 */
record TinyModel(Map<String, byte[]> files) {
    static final int VOCABULARY = 6;
    static final int HIDDEN = 4;

    TinyModel {
        files = Map.copyOf(files);
    }

    /** A float32 model of random weights. */
    static TinyModel random(long seed) {
        return of(randomTensors(seed, VOCABULARY), VOCABULARY);
    }

    /** A float32 model with given weights by name, each with its shape encoded in {@link Tensor}. */
    static TinyModel of(Map<String, Tensor> tensors, int vocabulary) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("config.json", config(vocabulary).getBytes(StandardCharsets.UTF_8));
        files.put("tokenizer.json", tokenizer(vocabulary).getBytes(StandardCharsets.UTF_8));
        files.put("model.safetensors", safetensors(tensors));
        return new TinyModel(files);
    }

    /** Content of a file that the model has. */
    byte[] file(String path) {
        return requireNonNull(files.get(path), path);
    }

    /** The same with one file replaced. */
    TinyModel with(String path, byte[] content) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put(path, content);
        return new TinyModel(changed);
    }

    static Map<String, Tensor> randomTensors(long seed, int vocabulary) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("embeddings.word_embeddings.weight", Tensor.random(random, vocabulary, HIDDEN));
        tensors.put("encoder.layer.0.output.dense.bias", Tensor.random(random, HIDDEN));
        tensors.put("encoder.layer.0.output.dense.weight", Tensor.random(random, HIDDEN, HIDDEN));
        return tensors;
    }

    /** Bytes of a safetensors file: 8 bytes of header length, the header, the data. */
    static byte[] safetensors(Map<String, Tensor> tensors) {
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        tensors.forEach((name, tensor) -> {
            int begin = data.size();
            data.writeBytes(tensor.bytes());
            header.append(",\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(name, tensor.shapeJson(), begin, data.size()));
        });
        header.append('}');
        while (header.length() % 8 != 0) {
            header.append(' ');
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        return file.putLong(text.length).put(text).put(data.toByteArray()).array();
    }

    private static String config(int vocabulary) {
        return """
                {"architectures": ["BertModel"], "model_type": "bert", "hidden_size": %d, "num_hidden_layers": 1,
                 "num_attention_heads": 2, "intermediate_size": 8, "vocab_size": %d, "hidden_act": "gelu",
                 "max_position_embeddings": 16}
                """.formatted(HIDDEN, vocabulary);
    }

    private static String tokenizer(int vocabulary) {
        StringBuilder vocab = new StringBuilder();
        for (int id = 0; id < vocabulary; id++) {
            vocab.append(id == 0 ? "" : ", ")
                    .append("\"token")
                    .append(id)
                    .append("\": ")
                    .append(id);
        }
        return "{\"version\": \"1.0\", \"added_tokens\": [], \"model\": {\"type\": \"WordPiece\", \"unk_token\": \"token0\", \"vocab\": {"
                + vocab + "}}}";
    }
}
