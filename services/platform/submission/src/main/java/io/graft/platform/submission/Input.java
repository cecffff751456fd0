package io.graft.platform.submission;

import io.graft.v1.ArtifactFile;
import io.graft.v1.AssignmentInput;
import java.util.List;

/** A version that a job reads. */
public sealed interface Input permits ModelInput, DataInput {
    /** What it is to the job. */
    String role();

    /** Resource name of the version. */
    String name();

    /** Key of its manifest. */
    String manifest();

    /** Digest of its content. */
    String digest();

    /** Its files. */
    List<ArtifactFile> files();

    /** Bytes of all its files. */
    default long bytes() {
        return files().stream().mapToLong(ArtifactFile::getSize).sum();
    }

    /** What the worker needs to pull it. */
    default AssignmentInput assignment() {
        return AssignmentInput.newBuilder()
                .setRole(role())
                .setVersion(name())
                .setManifest(manifest())
                .setDigest(digest())
                .build();
    }
}
