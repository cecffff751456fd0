package io.graft.engine.methods.peft;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.graft.platform.methods.NameSelection;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes {@code adapter_config.json} as PEFT does: sorted keys, null for what is absent, whole numbers where exact. */
final class AdapterConfigWriter {
    private final JsonGenerator json;

    private AdapterConfigWriter(JsonGenerator json) {
        this.json = json;
    }

    static String write(LoraConfig config) {
        StringWriter text = new StringWriter();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        try (JsonGenerator generator = new JsonFactory().createGenerator(text).setPrettyPrinter(printer)) {
            new AdapterConfigWriter(generator).config(config);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return text.append('\n').toString();
    }

    private void config(LoraConfig config) throws IOException {
        json.writeStartObject();
        numbers("alpha_pattern", config.alphaPattern());
        text("base_model_name_or_path", config.baseModel());
        text("bias", config.bias().wireName());
        selection("exclude_modules", config.excluded());
        json.writeBooleanField("fan_in_fan_out", false);
        json.writeBooleanField("inference_mode", true);
        initialization(config.initialization());
        texts("layers_pattern", config.layersPattern());
        integers("layers_to_transform", config.layers());
        number("lora_alpha", config.alpha());
        json.writeNumberField("lora_dropout", config.dropout());
        texts("modules_to_save", config.modulesToSave());
        json.writeStringField("peft_type", "LORA");
        json.writeNumberField("r", config.rank());
        numbers("rank_pattern", config.rankPattern());
        selection("target_modules", config.targets());
        text("task_type", config.taskType());
        json.writeBooleanField("use_dora", config.dora());
        json.writeBooleanField("use_rslora", config.rankStabilized());
        json.writeEndObject();
    }

    /** EVA and an orthogonal start need nothing on loading, and their words would ask PEFT to start anew. */
    private void initialization(Initialization initialization) throws IOException {
        switch (initialization) {
            case KAIMING, EVA, ORTHOGONAL -> json.writeBooleanField("init_lora_weights", true);
            case RANDOM -> json.writeBooleanField("init_lora_weights", false);
            case GAUSSIAN, PISSA, OLORA -> json.writeStringField("init_lora_weights", initialization.wireName());
        }
    }

    private void text(String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }

    private void number(String name, double value) throws IOException {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.writeNumberField(name, (long) value);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private void selection(String name, NameSelection selection) throws IOException {
        if (selection.text() != null) {
            json.writeStringField(name, selection.text());
        } else {
            texts(name, selection.names());
        }
    }

    private void texts(String name, List<String> values) throws IOException {
        if (values.isEmpty()) {
            json.writeNullField(name);
            return;
        }
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private void integers(String name, List<Integer> values) throws IOException {
        if (values.isEmpty()) {
            json.writeNullField(name);
            return;
        }
        json.writeArrayFieldStart(name);
        for (int value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }

    private void numbers(String name, Map<String, ? extends Number> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, ? extends Number> entry : values.entrySet()) {
            number(entry.getKey(), entry.getValue().doubleValue());
        }
        json.writeEndObject();
    }
}
