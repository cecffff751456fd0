package io.graft.platform.submission;

import io.graft.v1.ArtifactFile;
import io.graft.v1.ModelVersion;
import java.util.List;

/** A model version that a job reads. */
public record ModelInput(String role, ModelVersion version) implements Input {
    @Override
    public String name() {
        return version.getName();
    }

    @Override
    public String manifest() {
        return version.getManifest();
    }

    @Override
    public String digest() {
        return version.getDigest();
    }

    @Override
    public List<ArtifactFile> files() {
        return version.getFilesList();
    }
}
