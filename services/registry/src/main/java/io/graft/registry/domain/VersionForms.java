package io.graft.registry.domain;

import io.graft.v1.Dataset;
import io.graft.v1.DatasetVersion;
import io.graft.v1.Model;
import io.graft.v1.ModelVersion;

/** Data sets out of the form of models, in which they are kept. */
public final class VersionForms {
    private VersionForms() {}

    public static Dataset dataset(Model line) {
        return Dataset.newBuilder()
                .setName(line.getName())
                .setDescription(line.getDescription())
                .putAllLabels(line.getLabelsMap())
                .setCreateTime(line.getCreateTime())
                .setUpdateTime(line.getUpdateTime())
                .setEtag(line.getEtag())
                .setLatestVersion(line.getLatestVersion())
                .build();
    }

    public static DatasetVersion dataset(ModelVersion version) {
        return DatasetVersion.newBuilder()
                .setName(version.getName())
                .setDigest(version.getDigest())
                .addAllFiles(version.getFilesList())
                .setManifest(version.getManifest())
                .setCreateTime(version.getCreateTime())
                .setState(version.getState())
                .putAllLabels(version.getLabelsMap())
                .setJob(version.getJob())
                .addAllParents(version.getParentsList())
                .build();
    }
}
