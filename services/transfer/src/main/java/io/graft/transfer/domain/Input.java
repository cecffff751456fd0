package io.graft.transfer.domain;

import io.graft.v1.ArtifactFile;
import io.graft.v1.AssignmentInput;
import io.graft.v1.ModelVersion;

/**
 * A version that a job reads.
 *
 * @param role what it is to the job: {@code source_base}, {@code source_finetuned}, {@code target}, {@code diff}
 */
record Input(String role, ModelVersion version) {
    static final String BASE = "source_base";
    static final String FINETUNED = "source_finetuned";
    static final String TARGET = "target";
    static final String DIFF = "diff";

    /** Bytes of all its files. */
    long bytes() {
        return version.getFilesList().stream().mapToLong(ArtifactFile::getSize).sum();
    }

    AssignmentInput assignment() {
        return AssignmentInput.newBuilder()
                .setRole(role)
                .setVersion(version.getName())
                .setManifest(version.getManifest())
                .setDigest(version.getDigest())
                .build();
    }
}
