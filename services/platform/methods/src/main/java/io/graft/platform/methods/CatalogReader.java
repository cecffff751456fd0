package io.graft.platform.methods;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what {@link CatalogWriter} writes. */
final class CatalogReader {
    private final Map<String, Object> values;

    private CatalogReader(Map<String, Object> values) {
        this.values = values;
    }

    static MethodCatalog read(InputStream json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            CatalogReader root = new CatalogReader(object(parser));
            return new MethodCatalog(root.objects("methods", CatalogReader::method));
        }
    }

    private MethodDescriptor method() {
        return new MethodDescriptor(
                MethodKind.ofWireName(text("kind")),
                text("name"),
                text("title"),
                text("paper"),
                text("summary"),
                texts("notes"),
                objects("params", CatalogReader::param));
    }

    private ParamDescriptor param() {
        return new ParamDescriptor(
                text("name"),
                ParamType.ofWireName(text("type")),
                text("doc"),
                textOrNull("default"),
                isTrue("optional"),
                new ParamDescriptor.Range(
                        number("min", Double.NEGATIVE_INFINITY),
                        number("max", Double.POSITIVE_INFINITY),
                        isTrue("above_min"),
                        isTrue("below_max")),
                texts("choices"),
                textOrNull("below"),
                textOrNull("at_most"));
    }

    private String text(String name) {
        @Nullable String text = textOrNull(name);
        if (text == null) {
            throw new IllegalStateException(MethodCatalog.RESOURCE + " lacks '" + name + "' in " + values.keySet());
        }
        return text;
    }

    private @Nullable String textOrNull(String name) {
        return values.get(name) instanceof String text ? text : null;
    }

    private boolean isTrue(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    private double number(String name, double absent) {
        return values.get(name) instanceof Number number ? number.doubleValue() : absent;
    }

    private List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    private <T> List<T> objects(String name, Function<CatalogReader, T> each) {
        List<T> read = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            for (Object element : list) {
                Map<String, Object> fields = new LinkedHashMap<>();
                ((Map<?, ?>) element).forEach((key, value) -> fields.put((String) key, value));
                read.add(each.apply(new CatalogReader(fields)));
            }
        }
        return List.copyOf(read);
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default ->
                throw new IllegalStateException(MethodCatalog.RESOURCE + " holds a " + parser.currentToken() + " at "
                        + parser.currentLocation());
        };
    }
}
