package io.graft.platform.datasets.selection;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.graft.platform.datasets.row.DatasetException;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Rows as JSON objects, one a line. */
final class JsonlRows implements FileRows {
    private static final JsonFactory JSON = JsonFactory.builder().build().setRootValueSeparator(null);

    private final String source;
    private final Path target;
    private final JsonGenerator json;

    private JsonlRows(String source, Path target, JsonGenerator json) {
        this.source = source;
        this.target = target;
        this.json = json;
    }

    /** @param sameFormat whether the source is JSONL, whose name stays */
    static JsonlRows open(String source, Path folder, boolean sameFormat) throws IOException {
        String path = FileRows.unpacked(source);
        Path target = FileRows.target(folder, sameFormat ? path : path + ".jsonl");
        return new JsonlRows(
                source,
                target,
                JSON.createGenerator(Files.newOutputStream(target, StandardOpenOption.CREATE_NEW), JsonEncoding.UTF8));
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public void add(Row row) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Value> cell : row.values().entrySet()) {
            json.writeFieldName(cell.getKey());
            write(row, cell.getValue());
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void write(Row row, Value value) throws IOException {
        switch (value) {
            case Value.Text(String text) -> json.writeString(text);
            case Value.Whole(long number) -> json.writeNumber(number);
            case Value.Decimal(double number) -> json.writeNumber(number);
            case Value.Truth(boolean truth) -> json.writeBoolean(truth);
            case Value.Items(List<Value> items) -> {
                json.writeStartArray();
                for (Value item : items) {
                    write(row, item);
                }
                json.writeEndArray();
            }
            case Value.Fields(Map<String, Value> named) -> {
                json.writeStartObject();
                for (Map.Entry<String, Value> field : named.entrySet()) {
                    json.writeFieldName(field.getKey());
                    write(row, field.getValue());
                }
                json.writeEndObject();
            }
            case Value.Image ignored ->
                throw DatasetException.ofFile(
                        row.file(),
                        "holds pictures, of which rows cannot be left out",
                        "Upload the pictures as files, one folder a class");
            case Value.Absent ignored -> json.writeNull();
        }
    }

    @Override
    public List<Path> finish() throws IOException {
        json.close();
        return List.of(target);
    }
}
