package io.graft.platform.datasets.format;

import io.graft.platform.datasets.file.DataFile;
import io.graft.platform.datasets.file.ReadLimits;
import io.graft.platform.datasets.file.Unpacked;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowCursor;
import io.graft.platform.datasets.row.RowProblem;
import io.graft.platform.datasets.row.RowProblems;
import io.graft.platform.datasets.row.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain text by document, paragraph or line. A document keeps its bytes as they are, line ends included. */
final class TextCursor implements RowCursor {
    private final DataFile file;
    private final TextUnit unit;
    private final ReadLimits limits;
    private final RowProblems problems;
    private final @Nullable LineReader lines;
    private boolean done;

    TextCursor(DataFile file, TextUnit unit, ReadLimits limits, RowProblems problems) throws IOException {
        this.file = file;
        this.unit = unit;
        this.limits = limits;
        this.problems = problems;
        this.lines = unit == TextUnit.DOCUMENT ? null : new LineReader(file, limits, problems);
    }

    @Override
    public @Nullable Row next() throws IOException {
        if (done) {
            return null;
        }
        if (lines == null) {
            done = true;
            return document();
        }
        return unit == TextUnit.LINE ? line(lines) : paragraph(lines);
    }

    private @Nullable Row line(LineReader reader) throws IOException {
        for (String line = reader.next(); line != null; line = reader.next()) {
            if (!line.isBlank()) {
                return row(reader.number(), line);
            }
        }
        return null;
    }

    private @Nullable Row paragraph(LineReader reader) throws IOException {
        Row first = line(reader);
        if (first == null) {
            return null;
        }
        StringBuilder text = new StringBuilder(((Value.Text) first.value("text")).text());
        for (String line = reader.next(); line != null && !line.isBlank(); line = reader.next()) {
            if (text.length() + line.length() > limits.rowBytes()) {
                problems.report(RowProblem.ofRow(
                        file.path(),
                        first.number(),
                        "begins a paragraph of more than " + limits.rowBytes() + " characters",
                        "Part it by an empty line, or read the file by lines"));
                return paragraph(reader);
            }
            text.append('\n').append(line);
        }
        return row(first.number(), text.toString());
    }

    private @Nullable Row document() throws IOException {
        byte[] bytes;
        try (InputStream in = Unpacked.open(file, limits)) {
            bytes = in.readNBytes(limits.documentBytes() + 1);
        }
        if (bytes.length > limits.documentBytes()) {
            problems.report(RowProblem.ofFile(
                    file.path(),
                    "is longer than " + limits.documentBytes() + " bytes",
                    "Part it into several files, or read it by paragraphs or lines"));
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            return text.isBlank() ? null : row(1, text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException malformed) {
            problems.report(RowProblem.ofFile(
                    file.path(), "is no valid UTF-8 from byte " + (buffer.position() + 1) + " on", "Save it as UTF-8"));
            return null;
        }
    }

    private Row row(long number, String text) {
        return new Row(file.path(), number, Map.of("text", new Value.Text(text)));
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
    }
}
