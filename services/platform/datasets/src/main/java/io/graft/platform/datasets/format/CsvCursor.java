package io.graft.platform.datasets.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
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
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CSV with a header row. Every cell is text; an empty one is absent. Broken quotes or bytes end the reading. */
final class CsvCursor implements RowCursor {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final String path;
    private final int longest;
    private final RowProblems problems;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> header;
    private long last = 1;
    private boolean done;

    CsvCursor(DataFile file, ReadLimits limits, RowProblems problems) throws IOException {
        this.path = file.path();
        this.longest = limits.rowBytes();
        this.problems = problems;
        boolean tabs = Unpacked.name(path).endsWith(".tsv");
        // Strict: the plain decoder of a reader would put U+FFFD for what is malformed.
        var reader =
                new InputStreamReader(withoutMark(Unpacked.open(file, limits)), StandardCharsets.UTF_8.newDecoder());
        this.records = CsvReader.builder()
                .fieldSeparator(tabs ? '\t' : ',')
                .maxBufferSize(longest)
                .allowUnclosedQuote(false)
                .allowExtraCharsAfterClosingQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(
                        CsvRecordHandler.of(handler -> handler.maxFieldSize(longest)
                                .maxRecordSize(longest)
                                .maxFields(10_000)),
                        reader)
                .iterator();
        this.header = header();
    }

    private static InputStream withoutMark(InputStream in) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(in, MARK.length);
        byte[] head = bytes.readNBytes(MARK.length);
        if (!Arrays.equals(head, MARK)) {
            bytes.unread(head);
        }
        return bytes;
    }

    private List<String> header() throws IOException {
        CsvRecord first = record();
        if (first == null) {
            done = true;
            return List.of();
        }
        Set<String> seen = new HashSet<>();
        for (String name : first.getFields()) {
            if (name.isBlank() || !seen.add(name)) {
                problems.report(RowProblem.ofRow(
                        path,
                        first.getStartingLineNumber(),
                        name.isBlank()
                                ? "has a column without a name"
                                : "names the column '" + Value.excerptOf(name) + "' twice",
                        "Give each column a name of its own in the first line"));
                done = true;
            }
        }
        return first.getFields();
    }

    @Override
    public @Nullable Row next() throws IOException {
        for (CsvRecord found = record(); found != null; found = record()) {
            if (found.getFieldCount() == header.size()) {
                return row(found);
            }
            problems.report(RowProblem.ofRow(
                    path,
                    found.getStartingLineNumber(),
                    "has " + found.getFieldCount() + " fields where the header has " + header.size(),
                    "Put fields that hold a separator, a quote or a line end in double quotes"));
        }
        return null;
    }

    private Row row(CsvRecord found) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String cell = found.getField(i);
            values.put(header.get(i), cell.isEmpty() ? Value.Absent.ABSENT : new Value.Text(cell));
        }
        return new Row(path, found.getStartingLineNumber(), values);
    }

    private @Nullable CsvRecord record() throws IOException {
        if (done) {
            return null;
        }
        try {
            if (!records.hasNext()) {
                return null;
            }
            CsvRecord found = records.next();
            last = found.getStartingLineNumber();
            return found;
        } catch (CsvParseException broken) {
            done = true;
            problems.report(RowProblem.ofRow(
                    path,
                    last,
                    "or one soon after it breaks the rules of CSV: " + reason(broken),
                    "Close each quote, double those inside a quoted field, and keep fields under " + longest
                            + " characters"));
            return null;
        } catch (UncheckedIOException failed) {
            if (failed.getCause() instanceof CharacterCodingException) {
                done = true;
                problems.report(RowProblem.ofRow(
                        path, last, "or one soon after it is no valid UTF-8", "Save the file as UTF-8"));
                return null;
            }
            throw failed.getCause();
        }
    }

    private static String reason(Throwable broken) {
        Throwable deepest = broken;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return Value.excerptOf(String.valueOf(deepest.getMessage()));
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
