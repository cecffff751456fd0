package io.graft.pipelines.domain;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.ProtocolMessageEnum;
import com.google.protobuf.util.JsonFormat;
import io.graft.pipelines.document.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between documents, values of expressions and JSON. */
final class Json {
    private Json() {}

    /** A tree as it stands; expressions are left as text. */
    static JsonElement of(Tree tree) {
        return switch (tree) {
            case Tree.Mapping mapping -> {
                JsonObject object = new JsonObject();
                mapping.entries().forEach((key, value) -> object.add(key, of(value)));
                yield object;
            }
            case Tree.Sequence sequence -> {
                JsonArray array = new JsonArray();
                sequence.items().forEach(item -> array.add(of(item)));
                yield array;
            }
            case Tree.Scalar scalar -> of(scalar.value());
        };
    }

    /** A value that an expression gave. */
    static JsonElement of(@Nullable Object value) {
        return switch (value) {
            case null -> JsonNull.INSTANCE;
            case NullValue _ -> JsonNull.INSTANCE;
            case String text -> new JsonPrimitive(text);
            case Boolean flag -> new JsonPrimitive(flag);
            case Number number -> new JsonPrimitive(number);
            case Optional<?> optional -> of(optional.orElse(null));
            case List<?> list -> {
                JsonArray array = new JsonArray();
                list.forEach(item -> array.add(of(item)));
                yield array;
            }
            case Map<?, ?> map -> {
                JsonObject object = new JsonObject();
                map.forEach((key, item) -> object.add(String.valueOf(key), of(item)));
                yield object;
            }
            case ProtocolMessageEnum choice ->
                new JsonPrimitive(choice.getValueDescriptor().getName());
            case ByteString bytes -> new JsonPrimitive(bytes.toStringUtf8());
            case Message message -> parse(message);
            default -> new JsonPrimitive(String.valueOf(value));
        };
    }

    private static JsonElement parse(Message message) {
        try {
            return JsonParser.parseString(JsonFormat.printer().print(message));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A message of the API has a JSON form", e);
        }
    }
}
