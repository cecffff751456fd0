package io.graft.registry.domain;

import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import io.graft.v1.Upload;
import java.util.List;
import java.util.Map;

/**
 * An upload as the registry keeps it.
 *
 * @param upload the resource without URLs
 * @param kind what the version holds; unspecified for a data set
 * @param files what was announced
 * @param labels labels of the version
 */
public record UploadRecord(Upload upload, ArtifactKind kind, List<ArtifactFile> files, Map<String, String> labels) {
    public UploadRecord {
        files = List.copyOf(files);
        labels = Map.copyOf(labels);
    }
}
