package io.graft.registry;

import io.graft.platform.artifact.ContentDigest;
import io.graft.v1.ArtifactFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The files of a model of a few bytes, in memory.
 *
 * @param files content by path
 */
public record TinyModel(Map<String, byte[]> files) {
    private static final String CONFIG = """
            {"model_type": "bert", "hidden_size": 4, "num_hidden_layers": 1, "vocab_size": 3}""";
    private static final String TOKENIZER = """
            {"added_tokens": [{"id": 2, "content": "[PAD]"}], "model": {"type": "WordPiece", "vocab": {"a": 0, "b": 1}}}""";

    /** A sound model with one tensor, whose content depends on {@code seed}. */
    public static TinyModel sound(int seed) {
        return new TinyModel(Map.of())
                .with("config.json", CONFIG)
                .with("tokenizer.json", TOKENIZER)
                .with("model.safetensors", safetensors("""
                        {"w": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}}""", 16, seed));
    }

    /** A safetensors file of that header with {@code length} bytes of data. */
    public static byte[] safetensors(String header, int length, int seed) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        while (file.hasRemaining()) {
            file.put((byte) (seed + file.remaining()));
        }
        return file.array();
    }

    public TinyModel with(String path, String content) {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public TinyModel with(String path, byte[] content) {
        Map<String, byte[]> more = new TreeMap<>(files);
        more.put(path, content);
        return new TinyModel(more);
    }

    public TinyModel without(String path) {
        Map<String, byte[]> fewer = new TreeMap<>(files);
        fewer.remove(path);
        return new TinyModel(fewer);
    }

    /** Content of a file that the model has. */
    public byte[] content(String path) {
        return Objects.requireNonNull(files.get(path), path);
    }

    /** What an upload announces. */
    public List<ArtifactFile> announced() {
        return files.entrySet().stream()
                .map(file -> ArtifactFile.newBuilder()
                        .setPath(file.getKey())
                        .setSize(file.getValue().length)
                        .setSha256(ContentDigest.sha256(file.getValue()))
                        .build())
                .toList();
    }

    /** Digest of the version that the files make. */
    public String digest() {
        return ContentDigest.of(announced());
    }
}
