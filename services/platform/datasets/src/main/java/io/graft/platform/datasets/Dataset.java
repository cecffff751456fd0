package io.graft.platform.datasets;

import io.graft.platform.datasets.file.DataFile;
import io.graft.platform.datasets.file.ReadLimits;
import io.graft.platform.datasets.file.Splits;
import io.graft.platform.datasets.format.DataFormat;
import io.graft.platform.datasets.format.Readers;
import io.graft.platform.datasets.format.TextUnit;
import io.graft.platform.datasets.row.DatasetException;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowCursor;
import io.graft.platform.datasets.row.RowProblems;
import io.graft.platform.datasets.schema.ColumnRule;
import io.graft.platform.datasets.schema.Schema;
import io.graft.platform.datasets.schema.SchemaInference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of one data set version, all rows in one format. Immutable and thread-safe; each cursor is not.
 *
 * @param unit what of a text file is one row; of no meaning for other formats
 */
public record Dataset(DataFormat format, TextUnit unit, List<DataFile> files, ReadLimits limits) {
    public Dataset {
        files = List.copyOf(files);
    }

    /**
     * Recognises the format by the names of the files; text is read by documents.
     *
     * @throws DatasetException if no file has a format that is known, or they have several
     */
    public static Dataset of(List<? extends DataFile> files) {
        List<String> paths = files.stream().map(DataFile::path).toList();
        DataFormat format = DataFormat.of(paths);
        if (format == null) {
            throw DatasetException.ofFile(
                    paths.isEmpty() ? "The data set" : paths.getFirst(),
                    "and the files beside it are not all of one format that is known",
                    "Name them .jsonl, .csv, .tsv, .parquet, .txt, .png, .jpg or as IDX files, each also with .gz but"
                            + " for Parquet and pictures, and use one format in a data set");
        }
        return new Dataset(format, TextUnit.DOCUMENT, List.copyOf(files), ReadLimits.STANDARD);
    }

    /** Every regular file under a folder, but those whose path has a part that begins with a dot. */
    public static Dataset ofFolder(Path folder) throws IOException {
        List<DataFile> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (!("/" + path).contains("/.")) {
                    files.add(DataFile.of(path, file));
                }
            }
        }
        return of(files);
    }

    /** The same, of the files that a split, folder or path names; see {@link Splits#pick}. */
    public Dataset part(String name) {
        List<DataFile> own =
                files.stream().filter(file -> format.names(file.path())).toList();
        return new Dataset(format, unit, Splits.pick(own, name), limits);
    }

    /** The same, with another row of a text file. */
    public Dataset by(TextUnit other) {
        return new Dataset(format, other, files, limits);
    }

    /** Every row in the order of the paths, then of the file; always the same. */
    public RowCursor rows(RowProblems problems) {
        return Readers.open(format, unit, files, limits, problems);
    }

    /**
     * Reads every row once, infers the schema and applies the rules.
     *
     * @param limit of problems at which reading stops
     * @throws DatasetException with all problems up to the limit, also if there is no row at all
     */
    public Schema check(List<ColumnRule> rules, int limit) throws IOException {
        RowProblems problems = RowProblems.upTo(limit);
        SchemaInference inference = new SchemaInference(format, limits, problems);
        try (RowCursor rows = rows(problems)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                inference.add(row);
                for (ColumnRule rule : rules) {
                    rule.check(row, problems);
                }
            }
        }
        problems.throwIfAny();
        Schema schema = inference.schema();
        if (schema.rows() == 0) {
            throw DatasetException.ofFile(
                    files.isEmpty() ? "The data set" : files.getFirst().path(),
                    "has no row",
                    "Upload a file with rows");
        }
        return schema;
    }
}
