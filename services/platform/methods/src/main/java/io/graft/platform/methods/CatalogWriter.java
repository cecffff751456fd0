package io.graft.platform.methods;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes the catalogue's JSON. What a parameter lacks is left out. */
final class CatalogWriter {
    private final JsonGenerator json;

    private CatalogWriter(JsonGenerator json) {
        this.json = json;
    }

    static String write(MethodCatalog catalog) {
        StringWriter text = new StringWriter();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        try (JsonGenerator generator = new JsonFactory().createGenerator(text).setPrettyPrinter(printer)) {
            new CatalogWriter(generator).catalog(catalog);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return text.append('\n').toString();
    }

    private void catalog(MethodCatalog catalog) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("methods");
        for (MethodDescriptor method : catalog.methods()) {
            json.writeStartObject();
            json.writeStringField("kind", method.kind().wireName());
            json.writeStringField("name", method.name());
            json.writeStringField("title", method.title());
            json.writeStringField("paper", method.paper());
            json.writeStringField("summary", method.summary());
            texts("notes", method.notes());
            json.writeArrayFieldStart("params");
            for (ParamDescriptor param : method.params()) {
                param(param);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void param(ParamDescriptor param) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", param.name());
        json.writeStringField("type", param.type().wireName());
        json.writeStringField("doc", param.doc());
        if (param.defaultText() != null) {
            json.writeStringField("default", param.defaultText());
        }
        if (param.optional()) {
            json.writeBooleanField("optional", true);
        }
        range(param.range());
        if (!param.choices().isEmpty()) {
            texts("choices", param.choices());
        }
        if (param.below() != null) {
            json.writeStringField("below", param.below());
        }
        if (param.atMost() != null) {
            json.writeStringField("at_most", param.atMost());
        }
        json.writeEndObject();
    }

    private void range(ParamDescriptor.Range range) throws IOException {
        if (Double.isFinite(range.min())) {
            json.writeNumberField("min", range.min());
            if (range.aboveMin()) {
                json.writeBooleanField("above_min", true);
            }
        }
        if (Double.isFinite(range.max())) {
            json.writeNumberField("max", range.max());
            if (range.belowMax()) {
                json.writeBooleanField("below_max", true);
            }
        }
    }

    private void texts(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
