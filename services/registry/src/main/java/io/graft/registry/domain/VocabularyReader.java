package io.graft.registry.domain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.graft.platform.artifact.ContentDigest;
import io.graft.v1.Vocabulary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Reads a tokenizer's token-to-id map as a stream: {@code tokenizer.json} or {@code vocab.txt}. Not thread-safe. */
final class VocabularyReader {
    /** Longest tokenizer file that is read, in bytes. */
    static final long MAX_BYTES = 64L << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final String file;
    private final Map<String, Integer> model = new HashMap<>();
    private final Map<String, Integer> added = new HashMap<>();

    private VocabularyReader(String file) {
        this.file = file;
    }

    /** The vocabulary of a {@code tokenizer.json}: the model's and the added tokens. */
    static Vocabulary tokenizerJson(String file, InputStream stream) throws IOException {
        VocabularyReader reader = new VocabularyReader(file);
        try (JsonParser parser = JSON.createParser(stream)) {
            reader.expect(parser.nextToken() == JsonToken.START_OBJECT, "is not a JSON object");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                if (key.equals("model") && value == JsonToken.START_OBJECT) {
                    reader.readModel(parser);
                } else if (key.equals("added_tokens") && value == JsonToken.START_ARRAY) {
                    reader.readAdded(parser);
                } else {
                    parser.skipChildren();
                }
            }
            reader.expect(parser.currentToken() == JsonToken.END_OBJECT, "ends early");
        } catch (JsonProcessingException e) {
            throw InspectionFailure.model(file, "can't be read as JSON (" + e.getOriginalMessage() + ")", e);
        }
        reader.expect(!reader.model.isEmpty(), "has no model.vocab");
        reader.model.putAll(reader.added);
        return digest(reader.model);
    }

    /** The vocabulary of a {@code vocab.txt}: a token a line, numbered from 0. */
    static Vocabulary vocabText(String file, InputStream stream) throws IOException {
        Map<String, Integer> tokens = new HashMap<>();
        var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()));
        try {
            int next = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                tokens.put(line, next++);
            }
        } catch (CharacterCodingException e) {
            throw InspectionFailure.model(file, "is not valid UTF-8", e);
        }
        return digest(tokens);
    }

    private void readModel(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (!key.equals("vocab")) {
                parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String token = parser.currentName();
                    expect(parser.nextToken() == JsonToken.VALUE_NUMBER_INT, "has a token without a whole number");
                    model.put(token, id(parser));
                }
            } else {
                expect(value == JsonToken.START_ARRAY, "has a model.vocab that is neither a map nor a list");
                readScored(parser);
            }
        }
    }

    /** Unigram: pairs of token and score, numbered from 0. */
    private void readScored(JsonParser parser) throws IOException {
        int next = 0;
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            expect(parser.nextToken() == JsonToken.VALUE_STRING, "has an entry of model.vocab without a token");
            model.put(parser.getText(), next++);
            expect(parser.nextToken().isNumeric(), "has an entry of model.vocab without a score");
            expect(parser.nextToken() == JsonToken.END_ARRAY, "has an entry of model.vocab that is not a pair");
        }
    }

    private void readAdded(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String content = null;
            int id = -1;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                if (key.equals("content") && value == JsonToken.VALUE_STRING) {
                    content = parser.getText();
                } else if (key.equals("id") && value == JsonToken.VALUE_NUMBER_INT) {
                    id = id(parser);
                } else {
                    parser.skipChildren();
                }
            }
            if (content == null || id < 0) {
                throw InspectionFailure.model(file, "has an added token without id or content");
            }
            added.put(content, id);
        }
    }

    private int id(JsonParser parser) throws IOException {
        boolean fits = parser.getNumberType() == JsonParser.NumberType.INT && parser.getIntValue() >= 0;
        expect(fits, "has a token id outside 0 to 2^31-1");
        return parser.getIntValue();
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw InspectionFailure.model(file, otherwise);
        }
    }

    /** SHA-256 over the lines {@code id NUL token LF}, by id and then by token. */
    private static Vocabulary digest(Map<String, Integer> tokens) {
        MessageDigest digest = ContentDigest.sha256();
        tokens.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry::getKey, Comparator.naturalOrder()))
                .map(entry -> entry.getValue() + "\0" + entry.getKey() + "\n")
                .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        return Vocabulary.newBuilder()
                .setSize(tokens.size())
                .setDigest("sha256:" + HexFormat.of().formatHex(digest.digest()))
                .build();
    }
}
