package io.graft.platform.datasets.format;

import io.graft.platform.datasets.file.DataFile;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowCursor;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One file after the other, each opened when it is its turn. */
final class FilesCursor implements RowCursor {
    private final Iterator<DataFile> files;
    private final Opener opener;
    private @Nullable RowCursor current;

    FilesCursor(List<DataFile> files, Opener opener) {
        this.files = files.iterator();
        this.opener = opener;
    }

    /** Opens one file. */
    interface Opener {
        RowCursor open(DataFile file) throws IOException;
    }

    @Override
    public @Nullable Row next() throws IOException {
        while (true) {
            if (current == null) {
                if (!files.hasNext()) {
                    return null;
                }
                current = opener.open(files.next());
            }
            Row row = current.next();
            if (row != null) {
                return row;
            }
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
