package io.graft.platform.datasets.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.graft.platform.datasets.row.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON object: nesting up to 16, no key twice, no number beyond 64 bits or infinite, no half surrogates. */
final class JsonRow {
    private static final int DEEPEST = 16;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(100)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private JsonRow() {}

    /** What a line is that holds no usable object; the message is a clause that follows the name of the row. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String what) {
            super(what);
        }
    }

    static Map<String, Value> parse(String line) throws MalformedException {
        try (JsonParser parser = FACTORY.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedException("is no JSON object, it begins with " + Value.excerptOf(head(line)));
            }
            Map<String, Value> row = fields(parser);
            if (parser.nextToken() != null) {
                throw new MalformedException("has text after its closing '}'");
            }
            return row;
        } catch (JsonProcessingException broken) {
            String place = broken.getLocation() == null
                    ? ""
                    : " (at character " + broken.getLocation().getColumnNr() + ")";
            throw new MalformedException("is no valid JSON: " + Value.excerptOf(broken.getOriginalMessage()) + place);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String head(String line) {
        return line.substring(0, Math.min(20, line.length()));
    }

    private static Map<String, Value> fields(JsonParser parser) throws IOException, MalformedException {
        Map<String, Value> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text(parser.currentName());
            values.put(name, value(parser, parser.nextToken()));
        }
        return values;
    }

    private static Value value(JsonParser parser, JsonToken token) throws IOException, MalformedException {
        return switch (token) {
            case START_OBJECT -> new Value.Fields(fields(parser));
            case START_ARRAY -> new Value.Items(items(parser));
            case VALUE_STRING -> new Value.Text(text(parser.getText()));
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> new Value.Truth(true);
            case VALUE_FALSE -> new Value.Truth(false);
            case VALUE_NULL -> Value.Absent.ABSENT;
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new MalformedException("has " + token + " where a value belongs");
        };
    }

    private static List<Value> items(JsonParser parser) throws IOException, MalformedException {
        List<Value> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(parser, token));
        }
        return values;
    }

    private static Value whole(JsonParser parser) throws IOException, MalformedException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new MalformedException(
                    "has the whole number " + Value.excerptOf(parser.getText()) + ", which does not fit 64 bits");
        }
        return new Value.Whole(parser.getLongValue());
    }

    private static Value decimal(JsonParser parser) throws IOException, MalformedException {
        double number = parser.getDoubleValue();
        if (Double.isInfinite(number)) {
            throw new MalformedException(
                    "has the number " + Value.excerptOf(parser.getText()) + ", which does not fit a double");
        }
        return new Value.Decimal(number);
    }

    private static String text(String text) throws MalformedException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new MalformedException("has half of a surrogate pair, \\u" + Integer.toHexString(c));
            }
        }
        return text;
    }
}
