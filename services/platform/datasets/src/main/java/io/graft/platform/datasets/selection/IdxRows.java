package io.graft.platform.datasets.selection;

import io.graft.platform.datasets.row.Picture;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.Value;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A pair of IDX files, unpacked: the count at the head of the pictures is put in at the end. */
final class IdxRows implements FileRows {
    private static final int PICTURES = 0x803;
    private static final int LABELS = 0x801;
    private static final int COUNT_AT = 4;

    private final String source;
    private final Path pictures;
    private final Path labels;
    private final DataOutputStream out;
    private final ByteArrayOutputStream classes = new ByteArrayOutputStream();

    private IdxRows(String source, Path pictures, Path labels, DataOutputStream out) {
        this.source = source;
        this.pictures = pictures;
        this.labels = labels;
        this.out = out;
    }

    static IdxRows open(String source, Path folder) throws IOException {
        String path = FileRows.unpacked(source);
        Path pictures = FileRows.target(folder, path);
        Path labels = FileRows.target(folder, path.replace("images", "labels").replace("idx3", "idx1"));
        OutputStream out = Files.newOutputStream(pictures, StandardOpenOption.CREATE_NEW);
        return new IdxRows(source, pictures, labels, new DataOutputStream(new BufferedOutputStream(out)));
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public void add(Row row) throws IOException {
        if (!(row.value("image") instanceof Value.Image(Picture picture))
                || !(row.value("label") instanceof Value.Whole(long label))) {
            throw new IllegalStateException("a row of an IDX file without picture or label");
        }
        if (classes.size() == 0) {
            out.writeInt(PICTURES);
            out.writeInt(0);
            out.writeInt(picture.height());
            out.writeInt(picture.width());
        }
        for (int line = 0; line < picture.height(); line++) {
            for (int column = 0; column < picture.width(); column++) {
                out.writeByte(picture.sample(line, column, 0));
            }
        }
        classes.write((int) label);
    }

    @Override
    public List<Path> finish() throws IOException {
        out.close();
        try (RandomAccessFile file = new RandomAccessFile(pictures.toFile(), "rw")) {
            file.seek(COUNT_AT);
            file.writeInt(classes.size());
        }
        try (DataOutputStream file = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(labels, StandardOpenOption.CREATE_NEW)))) {
            file.writeInt(LABELS);
            file.writeInt(classes.size());
            classes.writeTo(file);
        }
        return List.of(pictures, labels);
    }
}
