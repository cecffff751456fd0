package io.graft.cli.dataset;

import io.graft.cli.model.VersionText;
import io.graft.cli.terminal.Fields;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.Dataset;
import io.graft.v1.DatasetVersion;
import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;

/** Data sets as people read them. */
final class DatasetText {
    private static final int LABELS = 10;

    private DatasetText() {}

    static void print(Dataset dataset, PrintStream out) {
        new Fields()
                .add("dataset", dataset.getName())
                .add("description", dataset.getDescription())
                .add("latest version", dataset.getLatestVersion() == 0 ? "none" : dataset.getLatestVersion())
                .labels(dataset.getLabelsMap())
                .add("created", Figures.time(dataset.getCreateTime()))
                .add("updated", Figures.time(dataset.getUpdateTime()))
                .add("etag", dataset.getEtag())
                .print(out);
    }

    static void print(DatasetVersion version, PrintStream out) {
        new Fields()
                .add("version", version.getName())
                .add("state", Figures.name(version.getState(), "VERSION_STATE_"))
                .add("digest", version.getDigest())
                .labels(version.getLabelsMap())
                .add("created", Figures.time(version.getCreateTime()))
                .add("manifest", version.getManifest())
                .add("format", version.getFormat())
                .add("rows", rows(version))
                .print(out);
        if (version.getSchema().getColumnsCount() > 0) {
            out.println();
            columns(version).print(out);
        }
        out.println();
        VersionText.files(version.getFilesList()).print(out);
    }

    private static String rows(DatasetVersion version) {
        if (version.getFormat().isEmpty()) {
            return "";
        }
        String splits = version.getRowsBySplitMap().entrySet().stream()
                .filter(split -> !split.getKey().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .map(split -> split.getKey() + " " + Figures.count(split.getValue()))
                .collect(Collectors.joining(", "));
        return Figures.count(version.getRowCount()) + (splits.isEmpty() ? "" : " (" + splits + ")");
    }

    private static Table columns(DatasetVersion version) {
        Table table = new Table("COLUMN", "TYPE", "LABELS");
        version.getSchema()
                .getColumnsList()
                .forEach(column -> table.row(
                        column.getName(),
                        Figures.name(column.getType(), "COLUMN_TYPE_") + (column.getOptional() ? ", optional" : ""),
                        column.getLabelsList().stream().limit(LABELS).collect(Collectors.joining(", "))
                                + (column.getLabelsCount() > LABELS ? ", ..." : "")));
        return table;
    }
}
