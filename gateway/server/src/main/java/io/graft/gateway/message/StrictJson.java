package io.graft.gateway.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.graft.gateway.problem.FieldViolation;
import io.graft.gateway.problem.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON as RFC 8259 has it: nothing lenient, no key twice, 64 levels at most, numbers kept as written. */
final class StrictJson {
    private static final int DEPTH = 64;
    private static final int NUMBER_LENGTH = 64;
    private static final int NUMBER_SCALE = 400;

    private final JsonReader reader;
    private final List<FieldViolation> duplicates = new ArrayList<>();

    private StrictJson(String text) {
        reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(DEPTH);
    }

    /** @throws ProblemException with status 400 when {@code text} is not one JSON value, or repeats keys (naming all) */
    static JsonElement parse(String text) {
        StrictJson json = new StrictJson(text);
        try {
            JsonElement value = json.value("");
            if (json.reader.peek() != JsonToken.END_DOCUMENT) {
                throw ProblemException.invalid("the body holds more than one JSON value");
            }
            if (!json.duplicates.isEmpty()) {
                throw ProblemException.invalid("INVALID_REQUEST", json.duplicates);
            }
            return value;
        } catch (MalformedJsonException | EOFException | NumberFormatException e) {
            throw ProblemException.invalid("the body is not JSON: " + firstLine(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonElement value(String path) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(path);
            case BEGIN_ARRAY -> array(path);
            case STRING -> new JsonPrimitive(reader.nextString());
            case NUMBER -> new JsonPrimitive(number(reader.nextString()));
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            case NULL -> {
                reader.nextNull();
                yield JsonNull.INSTANCE;
            }
            case END_OBJECT, END_ARRAY, END_DOCUMENT, NAME ->
                throw new MalformedJsonException("unexpected " + reader.peek());
        };
    }

    private JsonObject object(String path) throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String key = reader.nextName();
            String at = Paths.child(path, key);
            JsonElement value = value(at);
            if (object.has(key)) {
                duplicates.add(new FieldViolation(at, "is given twice; keep one"));
            }
            object.add(key, value);
        }
        reader.endObject();
        return object;
    }

    private JsonArray array(String path) throws IOException {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(value(Paths.element(path, array.size())));
        }
        reader.endArray();
        return array;
    }

    private static BigDecimal number(String text) throws IOException {
        BigDecimal number = text.length() > NUMBER_LENGTH ? null : new BigDecimal(text);
        if (number == null || Math.abs((long) number.scale()) > NUMBER_SCALE) {
            throw new MalformedJsonException("a number is longer than any field takes");
        }
        return number;
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
