package io.graft.platform.datasets.format;

import io.graft.platform.datasets.file.DataFile;
import io.graft.platform.datasets.file.ReadLimits;
import io.graft.platform.datasets.row.RowCursor;
import io.graft.platform.datasets.row.RowProblems;
import java.util.Comparator;
import java.util.List;

/** Opens the reader of a format. */
public final class Readers {
    private Readers() {}

    /**
     * Every row of the files of the format, in the order of their paths; files of other formats are left out.
     *
     * @param unit what is a row of a text file; of no meaning for other formats
     */
    public static RowCursor open(
            DataFormat format, TextUnit unit, List<DataFile> files, ReadLimits limits, RowProblems problems) {
        List<DataFile> own = files.stream()
                .filter(file -> format.names(file.path()))
                .sorted(Comparator.comparing(DataFile::path))
                .toList();
        return switch (format) {
            case JSONL -> new FilesCursor(own, file -> new JsonlCursor(file, limits, problems));
            case CSV -> new FilesCursor(own, file -> new CsvCursor(file, limits, problems));
            case PARQUET -> new FilesCursor(own, file -> new ParquetCursor(file, limits, problems));
            case TEXT -> new FilesCursor(own, file -> new TextCursor(file, unit, limits, problems));
            case IMAGES -> new ImageFolderCursor(own, limits, problems);
            case IDX ->
                new FilesCursor(
                        own.stream()
                                .filter(file -> file.path().contains("idx3"))
                                .toList(),
                        file -> IdxCursor.open(file, own, limits));
        };
    }
}
