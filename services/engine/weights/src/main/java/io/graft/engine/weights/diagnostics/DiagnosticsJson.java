package io.graft.engine.weights.diagnostics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.graft.engine.safetensors.compatibility.TensorAction;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes diagnostics as JSON. */
final class DiagnosticsJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private DiagnosticsJson() {}

    static String write(TransferDiagnostics diagnostics) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeFieldName("overall");
            tensor(json, diagnostics.overall());
            json.writeObjectFieldStart("actions");
            for (Map.Entry<TensorAction, Integer> action : diagnostics.actions().entrySet()) {
                json.writeNumberField(action.getKey().name(), action.getValue());
            }
            json.writeEndObject();
            json.writeBooleanField("zero_difference", diagnostics.zeroDifference());
            json.writeArrayFieldStart("top_movers");
            for (String name : diagnostics.topMovers()) {
                json.writeString(name);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("tensors");
            for (TensorDiagnostics tensor : diagnostics.tensors()) {
                tensor(json, tensor);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void tensor(JsonGenerator json, TensorDiagnostics tensor) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", tensor.name());
        json.writeStringField("dtype", tensor.dtype());
        json.writeStringField("action", tensor.action().name());
        json.writeNumberField("elements", tensor.elements());
        number(json, "difference_norm", tensor.differenceNorm());
        number(json, "source_norm", tensor.sourceNorm());
        number(json, "relative_norm", tensor.relativeNorm());
        number(json, "gap_norm", tensor.gapNorm());
        number(json, "cosine", tensor.cosine());
        number(json, "sign_agreement", tensor.signAgreement());
        number(json, "sparsity", tensor.sparsity());
        number(json, "largest_difference", tensor.largestDifference());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String key, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(key, value);
        } else {
            json.writeNullField(key);
        }
    }
}
