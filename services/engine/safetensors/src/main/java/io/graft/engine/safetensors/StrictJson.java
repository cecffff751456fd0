package io.graft.engine.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON pull reader that refuses whatever the weights formats do not need, and says where it was. */
final class StrictJson implements AutoCloseable {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(20)
                    .maxNameLength(4_096)
                    .maxStringLength(4_000_000)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final String file;
    private final Problem malformed;
    private final JsonParser parser;
    private @Nullable String tensor;

    private StrictJson(String file, Problem malformed, JsonParser parser) {
        this.file = file;
        this.malformed = malformed;
        this.parser = parser;
    }

    static StrictJson open(ByteSource source, long position, long length, Problem malformed) throws IOException {
        // The JDK's decoder refuses overlong forms and surrogates, which Jackson's own would let pass.
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var reader = new InputStreamReader(new WindowStream(source, position, length), decoder);
        return new StrictJson(source.name(), malformed, FACTORY.createParser(reader));
    }

    void inTensor(String name) {
        tensor = name;
    }

    void outOfTensor() {
        tensor = null;
    }

    /** The format asks for the brace as the very first byte. */
    void objectStart() throws IOException {
        next(JsonToken.START_OBJECT);
        if (parser.currentTokenLocation().getCharOffset() != 0) {
            throw failure(malformed, "the text does not begin with '{'");
        }
    }

    void next(JsonToken expected) throws IOException {
        JsonToken token = advance();
        if (token != expected) {
            throw failure(malformed, "expected " + expected + ", found " + token);
        }
    }

    /** The next key of the current object, or null at its end. */
    @Nullable
    String nextKey() throws IOException {
        JsonToken token = advance();
        if (token == JsonToken.END_OBJECT) {
            return null;
        }
        if (token != JsonToken.FIELD_NAME) {
            throw failure(malformed, "expected a key, found " + token);
        }
        return parser.currentName();
    }

    String nextString() throws IOException {
        next(JsonToken.VALUE_STRING);
        return parser.getText();
    }

    List<Long> nextNonNegatives(int most, Problem problem) throws IOException {
        next(JsonToken.START_ARRAY);
        List<Long> values = new ArrayList<>();
        for (JsonToken token = advance(); token != JsonToken.END_ARRAY; token = advance()) {
            if (token != JsonToken.VALUE_NUMBER_INT
                    || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    || parser.getLongValue() < 0
                    || parser.getText().startsWith("-")) {
                throw failure(problem, "has an entry that is not a whole number from 0 to 2^63-1");
            }
            if (values.size() == most) {
                throw failure(problem, "has more than " + most + " entries");
            }
            values.add(parser.getLongValue());
        }
        return values;
    }

    /** A whole number from 0 on; writers give sizes as floats too, which are accepted when exact. */
    long nextWholeNumber() throws IOException {
        JsonToken token = advance();
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            double value = parser.getDoubleValue();
            if (value == Math.rint(value) && value >= 0 && value < 0x1p53) {
                return (long) value;
            }
        }
        throw failure(malformed, "expected a whole number");
    }

    /** Skips the value that follows, of whatever kind. */
    void skipValue() throws IOException {
        advance();
        try {
            parser.skipChildren();
        } catch (JsonProcessingException | CharacterCodingException broken) {
            throw unreadable(broken);
        }
    }

    void end() throws IOException {
        JsonToken token = advance();
        if (token != null) {
            throw failure(malformed, "text follows the closing '}'");
        }
    }

    SafetensorsException failure(Problem problem, String what) {
        String cure = "Write the file again with a safetensors library";
        return tensor == null
                ? SafetensorsException.of(problem, file, what, cure)
                : SafetensorsException.ofTensor(problem, file, tensor, what, cure);
    }

    private @Nullable JsonToken advance() throws IOException {
        try {
            return parser.nextToken();
        } catch (JsonProcessingException | CharacterCodingException broken) {
            throw unreadable(broken);
        }
    }

    private SafetensorsException unreadable(IOException broken) {
        String reason =
                broken instanceof JsonProcessingException json ? json.getOriginalMessage() : "it is not valid UTF-8";
        return failure(malformed, "the JSON cannot be read: " + SafetensorsException.excerpt(reason));
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
