package io.graft.platform.datasets.format;

import io.graft.platform.datasets.file.DataFile;
import io.graft.platform.datasets.file.ReadLimits;
import io.graft.platform.datasets.row.DatasetException;
import io.graft.platform.datasets.row.Picture;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowCursor;
import io.graft.platform.datasets.row.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pair of IDX files, grey pictures and their labels, matched by what stands before {@code -images-} in the name. */
final class IdxCursor implements RowCursor {
    private final IdxFile pictures;
    private final IdxFile labels;
    private int done;

    private IdxCursor(IdxFile pictures, IdxFile labels) {
        this.pictures = pictures;
        this.labels = labels;
    }

    /** @param pictures a file with {@code idx3} in its name */
    static IdxCursor open(DataFile pictures, List<DataFile> files, ReadLimits limits) throws IOException {
        String partner = pictures.path().replace("images", "labels").replace("idx3", "idx1");
        DataFile labels = files.stream()
                .filter(file -> stem(file.path()).equals(stem(partner)))
                .findFirst()
                .orElseThrow(() -> DatasetException.ofFile(
                        pictures.path(), "has no labels beside it", "Add the file " + stem(partner)));
        IdxFile images = IdxFile.open(pictures, 3, limits);
        try {
            IdxFile classes = IdxFile.open(labels, 1, limits);
            if (images.count() != classes.count()) {
                classes.close();
                throw DatasetException.ofFile(
                        pictures.path(),
                        "has " + images.count() + " pictures and " + labels.path() + " " + classes.count() + " labels",
                        "Take both files from the same source");
            }
            return new IdxCursor(images, classes);
        } catch (DatasetException | IOException refused) {
            images.close();
            throw refused;
        }
    }

    private static String stem(String path) {
        return path.endsWith(".gz") ? path.substring(0, path.length() - 3) : path;
    }

    @Override
    public @Nullable Row next() throws IOException {
        if (done == pictures.count()) {
            if (!pictures.atEnd() || !labels.atEnd()) {
                throw DatasetException.ofFile(
                        pictures.path(),
                        "or its labels have bytes after the last item",
                        "Take the files from their source again");
            }
            return null;
        }
        Map<String, Value> values = new LinkedHashMap<>();
        Picture picture = new Picture(pictures.size(1), pictures.size(0), 1, pictures.next());
        values.put("image", new Value.Image(picture));
        values.put("label", new Value.Whole(Byte.toUnsignedInt(labels.next()[0])));
        done++;
        return new Row(pictures.path(), done, values);
    }

    @Override
    public void close() throws IOException {
        try (pictures;
                labels) {
            done = pictures.count();
        }
    }
}
