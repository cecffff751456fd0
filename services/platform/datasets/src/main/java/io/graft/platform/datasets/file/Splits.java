package io.graft.platform.datasets.file;

import io.graft.platform.datasets.row.DatasetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which files are of which part of a data set. A split is the first folder of a path that is called {@code train},
 * {@code test}, {@code validation} ({@code valid}, {@code val}, {@code dev}) or {@code eval}; otherwise the file name up
 * to its first {@code . - _} if it is one of these: {@code train-00000-of-00002.parquet}. Other files are of the split
 * named {@code ""}.
 */
public final class Splits {
    private static final Map<String, String> NAMES = Map.of(
            "train", "train",
            "training", "train",
            "test", "test",
            "t10k", "test",
            "validation", "validation",
            "valid", "validation",
            "val", "validation",
            "dev", "validation",
            "eval", "eval");

    private Splits() {}

    /** The split of one path. */
    public static String of(String path) {
        String[] parts = path.split("/", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            String name = NAMES.get(parts[i]);
            if (name != null) {
                return name;
            }
        }
        return NAMES.getOrDefault(parts[parts.length - 1].split("[.\\-_]", 2)[0], "");
    }

    /** Files by split, in the order of the files. */
    public static Map<String, List<DataFile>> of(List<? extends DataFile> files) {
        return files.stream()
                .collect(Collectors.groupingBy(
                        file -> of(file.path()), LinkedHashMap::new, Collectors.toUnmodifiableList()));
    }

    /**
     * The files that a name picks: all of them if it is empty, one file by its path, those under a folder, or those of
     * a split.
     *
     * @throws DatasetException if it picks none; the message lists what there is
     */
    public static List<DataFile> pick(List<? extends DataFile> files, String name) {
        List<DataFile> picked = files.stream()
                .filter(file -> name.isEmpty()
                        || file.path().equals(name)
                        || file.path().startsWith(name + "/")
                        || of(file.path()).equals(NAMES.getOrDefault(name, name)))
                .map(DataFile.class::cast)
                .toList();
        if (picked.isEmpty()) {
            throw DatasetException.ofFile(
                    name, "is neither a file, a folder nor a split of the data set", "Name one of " + known(files));
        }
        return picked;
    }

    private static String known(List<? extends DataFile> files) {
        String splits =
                of(files).keySet().stream().filter(name -> !name.isEmpty()).collect(Collectors.joining(", "));
        String paths = files.stream().limit(10).map(DataFile::path).collect(Collectors.joining(", "));
        return splits.isEmpty() ? paths : "the splits " + splits + " or the files " + paths;
    }
}
