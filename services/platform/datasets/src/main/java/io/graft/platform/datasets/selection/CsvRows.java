package io.graft.platform.datasets.selection;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** Rows of a CSV or TSV file below its header; cells are texts or empty. */
final class CsvRows implements FileRows {
    private final String source;
    private final Path target;
    private final CsvWriter csv;
    private boolean hasHeader;

    private CsvRows(String source, Path target, CsvWriter csv) {
        this.source = source;
        this.target = target;
        this.csv = csv;
    }

    static CsvRows open(String source, Path folder) throws IOException {
        String path = FileRows.unpacked(source);
        Path target = FileRows.target(folder, path);
        char separator = path.toLowerCase(Locale.ROOT).endsWith(".tsv") ? '\t' : ',';
        return new CsvRows(
                source,
                target,
                CsvWriter.builder()
                        .fieldSeparator(separator)
                        .build(target, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW));
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public void add(Row row) {
        if (!hasHeader) {
            csv.writeRecord(row.values().keySet());
            hasHeader = true;
        }
        csv.writeRecord(row.values().values().stream()
                .map(value -> value instanceof Value.Text(String text) ? text : "")
                .toList());
    }

    @Override
    public List<Path> finish() throws IOException {
        csv.close();
        return List.of(target);
    }
}
