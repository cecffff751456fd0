package io.graft.platform.artifact;

import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import java.util.List;

/** Where a job's output tells people about itself: the file {@value #NAME}, at the top or in a folder. */
public final class ReportPage {
    /** The name of the file. */
    public static final String NAME = "report.html";

    private ReportPage() {}

    /** The path of the page among the files of an output, empty when there is none. A model has a card instead. */
    public static String of(ArtifactKind kind, List<ArtifactFile> files) {
        return kind == ArtifactKind.ARTIFACT_KIND_UNSPECIFIED
                ? files.stream()
                        .map(ArtifactFile::getPath)
                        .filter(path -> path.substring(path.indexOf('/') + 1).equals(NAME))
                        .sorted((one, other) -> one.length() - other.length())
                        .findFirst()
                        .orElse("")
                : "";
    }

    /** The page and the files beside it: all where it lies at the top. */
    public static List<ArtifactFile> beside(String page, List<ArtifactFile> files) {
        String folder = page.substring(0, page.lastIndexOf('/') + 1);
        return files.stream().filter(file -> file.getPath().startsWith(folder)).toList();
    }
}
