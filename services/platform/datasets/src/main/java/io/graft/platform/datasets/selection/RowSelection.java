package io.graft.platform.datasets.selection;

import io.graft.platform.datasets.Dataset;
import io.graft.platform.datasets.file.DataFile;
import io.graft.platform.datasets.row.DatasetException;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowCursor;
import io.graft.platform.datasets.row.RowProblems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Writes some rows of one part of a data set, and its other parts whole. Files keep their format and name, unpacked; but rows
 * of Parquet become JSONL, with {@code .jsonl} added to the name.
 */
public final class RowSelection {
    private final Dataset dataset;
    private final Path folder;
    private final List<Path> written = new ArrayList<>();

    private RowSelection(Dataset dataset, Path folder) {
        this.dataset = dataset;
        this.folder = folder;
    }

    /**
     * Writes into a folder.
     *
     * @param part a split, folder or file, as {@link Dataset#part} takes it
     * @param keeps asked for each row of the part, counted from 0 in the order of {@link Dataset#rows}
     * @return the files that were written
     * @throws DatasetException if the format cannot be written: text, and Parquet with pictures
     */
    public static List<Path> write(Dataset dataset, String part, IntPredicate keeps, Path folder) throws IOException {
        RowSelection selection = new RowSelection(dataset, folder);
        selection.write(dataset.part(part), keeps);
        return List.copyOf(selection.written);
    }

    private void write(Dataset part, IntPredicate keeps) throws IOException {
        List<DataFile> others = dataset.files().stream()
                .filter(file -> dataset.format().names(file.path()))
                .filter(file -> !part.files().contains(file))
                .toList();
        switch (dataset.format()) {
            case IMAGES -> {
                List<DataFile> pictures = part.files().stream()
                        .sorted(Comparator.comparing(DataFile::path))
                        .toList();
                for (int index = 0; index < pictures.size(); index++) {
                    if (keeps.test(index)) {
                        copy(pictures.get(index));
                    }
                }
            }
            case IDX, JSONL, CSV, PARQUET -> rows(part, keeps);
            case TEXT ->
                throw DatasetException.ofFile(
                        part.files().getFirst().path(),
                        "is plain text, of which rows cannot be left out",
                        "Write the rows as .jsonl with a column text");
        }
        for (DataFile other : others) {
            switch (dataset.format()) {
                case PARQUET ->
                    rows(new Dataset(dataset.format(), dataset.unit(), List.of(other), dataset.limits()), row -> true);
                case IMAGES, IDX, JSONL, CSV, TEXT -> copy(other);
            }
        }
    }

    private void rows(Dataset from, IntPredicate keeps) throws IOException {
        RowProblems problems = RowProblems.none();
        FileRows open = null;
        try (RowCursor cursor = from.rows(problems)) {
            int index = 0;
            for (Row row = cursor.next(); row != null; row = cursor.next()) {
                if (open != null && !open.source().equals(row.file())) {
                    written.addAll(open.finish());
                    open = null;
                }
                if (keeps.test(index++)) {
                    open = open == null ? opened(row.file()) : open;
                    open.add(row);
                }
            }
        } finally {
            if (open != null) {
                written.addAll(open.finish());
            }
        }
    }

    private FileRows opened(String source) throws IOException {
        return switch (dataset.format()) {
            case IDX -> IdxRows.open(source, folder);
            case CSV -> CsvRows.open(source, folder);
            case JSONL -> JsonlRows.open(source, folder, true);
            case PARQUET -> JsonlRows.open(source, folder, false);
            case IMAGES, TEXT -> throw new IllegalStateException(dataset.format() + " has no rows in files");
        };
    }

    private void copy(DataFile file) throws IOException {
        Path target = FileRows.target(folder, file.path());
        try (InputStream in = file.open()) {
            Files.copy(in, target);
        }
        written.add(target);
    }
}
