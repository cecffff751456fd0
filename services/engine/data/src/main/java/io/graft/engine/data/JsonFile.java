package io.graft.engine.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON files of a model's folder. */
final class JsonFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonFile() {}

    /** The content; a missing node if there is no such file. */
    static JsonNode read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException malformed) {
            throw new DataException(
                    file.getFileName() + " is no JSON: " + malformed.getOriginalMessage()
                            + ". Import the model again with the file as it was published.",
                    malformed);
        }
    }
}
