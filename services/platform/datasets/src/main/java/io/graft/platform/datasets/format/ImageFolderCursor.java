package io.graft.platform.datasets.format;

import io.graft.platform.datasets.file.DataFile;
import io.graft.platform.datasets.file.ReadLimits;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowCursor;
import io.graft.platform.datasets.row.RowProblem;
import io.graft.platform.datasets.row.RowProblems;
import io.graft.platform.datasets.row.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pictures whose class is the name of the folder they lie in; each is its own file, row 1. */
final class ImageFolderCursor implements RowCursor {
    private final Iterator<DataFile> files;
    private final ReadLimits limits;
    private final RowProblems problems;
    private final Pictures pictures;

    ImageFolderCursor(List<DataFile> files, ReadLimits limits, RowProblems problems) {
        this.files = files.iterator();
        this.limits = limits;
        this.problems = problems;
        this.pictures = new Pictures(limits);
    }

    @Override
    public @Nullable Row next() throws IOException {
        while (files.hasNext()) {
            DataFile file = files.next();
            String[] parts = file.path().split("/", -1);
            if (parts.length < 2) {
                report(file, "lies in no folder", "Put each picture into a folder named after its class");
                continue;
            }
            Value.Image image = image(file);
            if (image != null) {
                Map<String, Value> values = new LinkedHashMap<>();
                values.put("image", image);
                values.put("label", new Value.Text(parts[parts.length - 2]));
                return new Row(file.path(), 1, values);
            }
        }
        return null;
    }

    private Value.@Nullable Image image(DataFile file) throws IOException {
        if (file.length() > limits.documentBytes()) {
            report(file, "is longer than " + limits.documentBytes() + " bytes", "Make the picture smaller");
            return null;
        }
        byte[] bytes;
        try (InputStream in = file.open()) {
            bytes = in.readAllBytes();
        }
        try {
            return new Value.Image(pictures.decode(bytes));
        } catch (PictureException picture) {
            report(file, String.valueOf(picture.getMessage()), "Save it as a PNG or JPEG picture within the limits");
            return null;
        }
    }

    private void report(DataFile file, String what, String cure) {
        problems.report(RowProblem.ofFile(file.path(), what, cure));
    }

    @Override
    public void close() {
        // Each picture is opened and closed by itself.
    }
}
