package io.graft.engine.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The tokens with a meaning of their own, by role such as {@code eos_token}. As transformers has it,
 * {@code tokenizer_config.json} goes before {@code special_tokens_map.json}.
 *
 * @param names by role
 * @param config the {@code config.json} of the model, whose ids count where no token is named
 */
record SpecialTokens(Map<String, String> names, JsonNode config) {
    static SpecialTokens of(Path folder) throws IOException {
        Map<String, String> names = new TreeMap<>();
        for (String file : List.of("special_tokens_map.json", "tokenizer_config.json")) {
            JsonFile.read(folder.resolve(file)).properties().forEach(entry -> {
                JsonNode token = entry.getValue();
                String name = token.isObject() ? token.path("content").asText() : token.asText();
                if (entry.getKey().endsWith("_token") && !token.isBoolean() && !token.isNull() && !name.isEmpty()) {
                    names.put(entry.getKey(), name);
                }
            });
        }
        return new SpecialTokens(Map.copyOf(names), JsonFile.read(folder.resolve("config.json")));
    }

    /** The id of a role such as {@code pad}. */
    OptionalInt id(String role, Vocabulary vocabulary) {
        Optional<String> name = Optional.ofNullable(names.get(role + "_token"));
        if (name.isPresent()) {
            OptionalInt named = vocabulary.id(name.get());
            if (named.isPresent()) {
                return named;
            }
            throw new DataException("The " + role + "_token '" + name.get()
                    + "' is none of the tokens of tokenizer.json. Correct tokenizer_config.json.");
        }
        JsonNode id = config.path(role + "_token_id");
        JsonNode first = id.isArray() ? id.path(0) : id;
        return first.isIntegralNumber() ? OptionalInt.of(first.asInt()) : OptionalInt.empty();
    }
}
