package io.graft.platform.datasets;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graft.platform.datasets.file.DataFile;
import io.graft.platform.datasets.row.DatasetException;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowCursor;
import io.graft.platform.datasets.row.RowProblem;
import io.graft.platform.datasets.row.RowProblems;
import io.graft.platform.datasets.schema.ColumnRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** Writes files into a folder and reads them as a data set. */
record Reading(Path folder) {
    Reading with(String path, String text) throws IOException {
        return with(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Reading with(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, bytes);
        return this;
    }

    Reading withResource(String name) throws IOException {
        return with(name, resource(name));
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Reading.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    Dataset dataset() throws IOException {
        return Dataset.ofFolder(folder);
    }

    List<Row> rows() throws IOException {
        return rows(dataset());
    }

    static List<Row> rows(Dataset dataset) throws IOException {
        List<Row> rows = new ArrayList<>();
        RowProblems problems = RowProblems.none();
        try (RowCursor cursor = dataset.rows(problems)) {
            for (Row row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Every cell as plain Java, row by row. */
    List<Object> plain() throws IOException {
        List<Object> plain = new ArrayList<>();
        for (Row row : rows()) {
            List<Object> cells = new ArrayList<>();
            row.values().values().forEach(value -> cells.add(String.valueOf(value.plain())));
            plain.add(cells);
        }
        return plain;
    }

    List<String> problems(ColumnRule... rules) {
        return refusal(rules).problems().stream().map(RowProblem::message).toList();
    }

    DatasetException refusal(ColumnRule... rules) {
        return Objects.requireNonNull(
                catchThrowableOfType(DatasetException.class, () -> dataset().check(List.of(rules), 100)));
    }

    DataFile file(String path) throws IOException {
        return DataFile.of(path, folder.resolve(path));
    }
}
