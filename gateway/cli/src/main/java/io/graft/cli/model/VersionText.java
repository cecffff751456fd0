package io.graft.cli.model;

import io.graft.cli.name.Names;
import io.graft.cli.terminal.Fields;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.ArtifactFile;
import io.graft.v1.ModelVersion;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** A model version as people read it. */
public final class VersionText {
    private VersionText() {}

    public static void print(ModelVersion version, PrintStream out) {
        new Fields()
                .add("version", version.getName())
                .add("kind", kind(version))
                .add("state", Figures.name(version.getState(), "VERSION_STATE_"))
                .add("digest", version.getDigest())
                .add("architecture", version.getArchitecture().getModelType())
                .add(
                        "vocabulary",
                        version.hasVocabulary()
                                ? Figures.count(version.getVocabulary().getSize())
                                : "")
                .add("tensors", Figures.count(version.getTensorCount()))
                .add("parameters", Figures.count(version.getParameterCount()))
                .add("parents", parents(version))
                .add("job", version.getJob())
                .labels(version.getLabelsMap())
                .add("created", Figures.time(version.getCreateTime()))
                .add("manifest", version.getManifest())
                .print(out);
        if (version.getFilesCount() > 0) {
            out.println();
            files(version.getFilesList()).print(out);
        }
    }

    public static Table files(List<ArtifactFile> files) {
        Table table = new Table("FILE", "SIZE", "SHA256");
        files.forEach(f -> table.row(f.getPath(), Figures.bytes(f.getSize()), f.getSha256()));
        return table;
    }

    static String kind(ModelVersion version) {
        return Figures.name(version.getKind(), "ARTIFACT_KIND_");
    }

    private static String parents(ModelVersion version) {
        return version.getParentsList().stream()
                .map(p -> Names.brief(p.getParent()) + " (" + p.getRole() + ")")
                .collect(Collectors.joining(", "));
    }
}
