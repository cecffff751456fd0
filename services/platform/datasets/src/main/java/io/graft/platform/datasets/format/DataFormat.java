package io.graft.platform.datasets.format;

import io.graft.platform.datasets.file.Unpacked;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file formats of data sets. All but Parquet and pictures may be packed with gzip, named {@code .gz}. */
public enum DataFormat {
    /** One JSON object a line. */
    JSONL(Set.of("jsonl", "ndjson")),
    /** RFC 4180 with a header row; {@code .tsv} is parted by tabs. */
    CSV(Set.of("csv", "tsv")),
    /** Apache Parquet, flat or with lists and structs; pages plain or packed with snappy, gzip or zstd. */
    PARQUET(Set.of("parquet")),
    /** Plain text in UTF-8: a row a file, a paragraph or a line, in the column {@code text}. */
    TEXT(Set.of("txt")),
    /** PNG and JPEG pictures, one folder a class; columns {@code image}, {@code label}. */
    IMAGES(Set.of("png", "jpg", "jpeg")),
    /** The format of MNIST: a file of pictures and a file of labels; columns {@code image}, {@code label}. */
    IDX(Set.of("idx3-ubyte", "idx1-ubyte"));

    private final Set<String> endings;

    DataFormat(Set<String> endings) {
        this.endings = endings;
    }

    /** Whether a file of this path is one of this format, by its name alone. */
    public boolean names(String path) {
        String name = Unpacked.name(path).toLowerCase(Locale.ROOT);
        if ((this == PARQUET || this == IMAGES) && path.endsWith(".gz")) {
            return false;
        }
        return endings.stream().anyMatch(ending -> name.endsWith("." + ending) || name.endsWith("-" + ending));
    }

    /** The format of the files with rows, or null if there are none or of several formats. Other files don't count. */
    public static @Nullable DataFormat of(List<String> paths) {
        DataFormat found = null;
        for (DataFormat format : values()) {
            if (paths.stream().anyMatch(format::names)) {
                if (found != null) {
                    return null;
                }
                found = format;
            }
        }
        return found;
    }
}
