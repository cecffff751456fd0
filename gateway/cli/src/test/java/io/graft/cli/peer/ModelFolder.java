package io.graft.cli.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The smallest folder in Hugging Face layout: one tensor of one element. */
public final class ModelFolder {
    private ModelFolder() {}

    /** Writes the folder; another weight is another content. */
    public static Path write(Path folder, float weight) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"bert\"}");
            Files.writeString(folder.resolve("tokenizer.json"), "{}");
            Files.write(folder.resolve("model.safetensors"), safetensors(weight));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] safetensors(float weight) {
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        byte[] padded = (header + " ".repeat((8 - header.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded.length)
                .array());
        file.writeBytes(padded);
        file.writeBytes(ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(weight)
                .array());
        return file.toByteArray();
    }
}
