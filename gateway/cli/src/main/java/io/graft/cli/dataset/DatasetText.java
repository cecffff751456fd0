package io.graft.cli.dataset;

import io.graft.cli.model.VersionText;
import io.graft.cli.terminal.Fields;
import io.graft.cli.terminal.Figures;
import io.graft.v1.Dataset;
import io.graft.v1.DatasetVersion;
import java.io.PrintStream;

/** Data sets as people read them. */
final class DatasetText {
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
                .print(out);
        out.println();
        VersionText.files(version.getFilesList()).print(out);
    }
}
