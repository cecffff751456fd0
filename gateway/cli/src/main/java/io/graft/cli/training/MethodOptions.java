package io.graft.cli.training;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.graft.cli.failure.CommandException;
import io.graft.v1.MethodChoice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Parameters of the methods that a command chooses. */
final class MethodOptions {
    @Option(
            names = "--set",
            paramLabel = "KIND.PARAM=VALUE",
            description = "parameter of a method, for example adapter.r=16, optimizer.weight_decay=0.01 or"
                    + " adapter.target_modules=[\"query\",\"value\"]; may be repeated. 'graft methods show' tells them")
    Map<String, String> values = new LinkedHashMap<>();

    /**
     * The choice of a kind, with its parameters.
     *
     * @param kind as before the dot
     * @param name empty for the service's choice
     */
    MethodChoice choice(String kind, String name) {
        MethodChoice.Builder choice = MethodChoice.newBuilder().setName(name);
        values.forEach((key, value) -> {
            if (key.startsWith(kind + ".")) {
                choice.getParamsBuilder().putFields(key.substring(kind.length() + 1), value(key, value));
            }
        });
        return choice.build();
    }

    /** Refuses parameters of kinds that the command does not choose. */
    void requireKinds(String... kinds) {
        TreeSet<String> strange = new TreeSet<>(values.keySet());
        for (String kind : kinds) {
            strange.removeIf(key -> key.startsWith(kind + ".") && key.length() > kind.length() + 1);
        }
        if (!strange.isEmpty()) {
            throw CommandException.usage("--set " + strange.first() + " names no method of this command; begin it with "
                    + String.join(". or ", kinds) + ".");
        }
    }

    private static Value value(String key, String text) {
        JsonElement json;
        try {
            json = JsonParser.parseString(text);
            boolean bare = json.isJsonPrimitive() && json.getAsJsonPrimitive().isString();
            json = bare ? new JsonPrimitive(text.replaceAll("^\"(.*)\"$", "$1")) : json;
        } catch (JsonParseException plain) {
            json = new JsonPrimitive(text);
        }
        try {
            Value.Builder value = Value.newBuilder();
            JsonFormat.parser().merge(json.toString(), value);
            return value.build();
        } catch (InvalidProtocolBufferException e) {
            throw CommandException.usage("--set " + key + " has no value that JSON can hold: " + text);
        }
    }
}
