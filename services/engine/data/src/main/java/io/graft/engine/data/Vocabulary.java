package io.graft.engine.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The tokens of a {@code tokenizer.json}.
 *
 * @param ids by token, added ones included
 * @param size the greatest id and one, so that embeddings have a row for each
 */
record Vocabulary(Map<String, Integer> ids, int size) {
    static Vocabulary of(JsonNode tokenizer) {
        Map<String, Integer> ids = new HashMap<>();
        JsonNode pieces = tokenizer.at("/model/vocab");
        if (pieces.isObject()) {
            pieces.properties()
                    .forEach(piece -> ids.put(piece.getKey(), piece.getValue().asInt()));
        } else {
            for (int i = 0; i < pieces.size(); i++) {
                ids.put(pieces.get(i).path(0).asText(), i);
            }
        }
        for (JsonNode added : tokenizer.path("added_tokens")) {
            ids.put(added.path("content").asText(), added.path("id").asInt());
        }
        int greatest = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        return new Vocabulary(Map.copyOf(ids), greatest + 1);
    }

    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
