package io.graft.registry.domain;

import com.google.protobuf.util.Timestamps;
import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.CommitStep;
import io.graft.platform.artifact.ContentDigest;
import io.graft.platform.artifact.DownloadUrls;
import io.graft.platform.artifact.PresignedRequest;
import io.graft.platform.artifact.StoredObject;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.UploadName;
import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.DatasetVersion;
import io.graft.v1.Manifest;
import io.graft.v1.Upload;
import io.graft.v1.UploadState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes versions in: announces where files go, and once they are there verifies, inspects and registers them. Every step
 * may be repeated, and a crash between any two leaves nothing half-visible. Thread-safe.
 */
public final class Uploads {
    private static final int MAX_TARGETS = 2_000;

    private final UploadStore uploads;
    private final ArtifactStore artifacts;
    private final ModelInspection inspection;
    private final DatasetInspection datasets;
    private final InstantSource clock;

    /** @param clock dates manifests */
    public Uploads(
            UploadStore uploads,
            ArtifactStore artifacts,
            ModelInspection inspection,
            DatasetInspection datasets,
            InstantSource clock) {
        this.uploads = uploads;
        this.artifacts = artifacts;
        this.inspection = inspection;
        this.datasets = datasets;
        this.clock = clock;
    }

    /**
     * Begins an upload.
     *
     * @param parent the model or data set
     * @return the upload with URLs; without name and URLs when only validated
     */
    public Upload create(ResourceName parent, CreateUploadRequest request, Mutation mutation) {
        boolean ofModel = parent instanceof ResourceName.ModelName;
        UploadRules.check(request, ofModel);
        Upload upload = Upload.newBuilder()
                .setName(new UploadName(parent.tenant(), UUID.randomUUID().toString()).toString())
                .setParent(parent.toString())
                .setState(UploadState.UPLOAD_STATE_OPEN)
                .setDigest(ContentDigest.of(request.getFilesList()))
                .build();
        ArtifactKind kind = ofModel ? UploadRules.kind(request) : ArtifactKind.ARTIFACT_KIND_UNSPECIFIED;
        UploadRecord stored = uploads.create(
                new UploadRecord(upload, kind, request.getFilesList(), request.getLabelsMap()), mutation);
        return mutation.validateOnly() ? stored.upload().toBuilder().clearName().build() : withTargets(stored);
    }

    /** An upload with URLs for what is still missing. */
    public Upload get(UploadName name) {
        return withTargets(uploads.get(name));
    }

    /** Registers what was uploaded; a committed upload is returned as it is. */
    public Upload commit(UploadName name, Mutation mutation) {
        UploadRecord record = uploads.get(name);
        return switch (record.upload().getState()) {
            case UPLOAD_STATE_COMMITTED -> record.upload();
            case UPLOAD_STATE_OPEN -> commit(name, record, mutation);
            case UPLOAD_STATE_EXPIRED, UPLOAD_STATE_UNSPECIFIED, UNRECOGNIZED -> throw expired(name);
        };
    }

    /** The refusal of an upload that was abandoned. */
    public static GraftException expired(UploadName name) {
        return new GraftException(
                ErrorCode.UPLOAD_INCOMPLETE,
                "Upload " + name + " has expired and its files are being deleted; create a new upload",
                Map.of("upload", name.toString()));
    }

    private Upload commit(UploadName name, UploadRecord record, Mutation mutation) {
        String prefix = ArtifactKeys.upload(name);
        if (mutation.validateOnly()) {
            requireComplete(prefix, record.files());
            return record.upload();
        }
        boolean ofModel = record.kind() != ArtifactKind.ARTIFACT_KIND_UNSPECIFIED;
        AtomicReference<@Nullable Inspection> facts = new AtomicReference<>();
        AtomicReference<@Nullable DatasetVersion> rows = new AtomicReference<>();
        // Between verifying and the manifest: what is inspected is what was announced, and nothing malformed is
        // committed.
        ArtifactCommit commit = new ArtifactCommit(artifacts, step -> {
            if (step == CommitStep.BEFORE_MANIFEST && ofModel) {
                facts.set(inspection.inspect(prefix, record.kind(), record.files()));
            } else if (step == CommitStep.BEFORE_MANIFEST) {
                rows.set(datasets.inspect(prefix, record.files()));
            }
        });
        Instant now = clock.instant();
        Manifest manifest = commit.commitUploaded(
                prefix,
                Manifest.newBuilder()
                        .addAllFiles(record.files())
                        .setCreateTime(Timestamps.fromMillis(now.toEpochMilli()))
                        .build());
        String line = record.upload().getParent();
        NewVersion version = ofModel
                ? NewVersion.of(
                        line,
                        record.kind(),
                        prefix,
                        manifest,
                        Objects.requireNonNull(facts.get()),
                        record.labels(),
                        List.of())
                : NewVersion.ofDataset(
                        line, prefix, manifest, Objects.requireNonNull(rows.get()), record.labels(), List.of());
        return uploads.commit(name, version, mutation.traceparent()).upload();
    }

    private void requireComplete(String prefix, List<ArtifactFile> files) {
        List<String> missing = missing(prefix, files).map(ArtifactFile::getPath).toList();
        if (!missing.isEmpty()) {
            throw new GraftException(
                    ErrorCode.UPLOAD_INCOMPLETE,
                    "Files are absent or of another size than announced; upload them and commit again: "
                            + String.join(", ", missing),
                    Map.of("files", String.join(",", missing)));
        }
    }

    private Stream<ArtifactFile> missing(String prefix, List<ArtifactFile> files) {
        Map<String, Long> sizes;
        try (Stream<StoredObject> stored = artifacts.list(prefix)) {
            sizes = stored.collect(Collectors.toMap(StoredObject::key, StoredObject::size));
        }
        return files.stream().filter(file -> sizes.getOrDefault(prefix + file.getPath(), -1L) != file.getSize());
    }

    private Upload withTargets(UploadRecord record) {
        if (record.upload().getState() != UploadState.UPLOAD_STATE_OPEN) {
            return record.upload();
        }
        String prefix =
                ArtifactKeys.upload(ResourceName.parse("name", record.upload().getName(), UploadName.class));
        Upload.Builder upload = record.upload().toBuilder();
        missing(prefix, record.files()).limit(MAX_TARGETS).forEach(file -> {
            PresignedRequest put = artifacts.presignPut(
                    prefix + file.getPath(), file.getSize(), file.getSha256(), ArtifactStore.MAX_PRESIGNED_LIFE);
            upload.addTargets(DownloadUrls.presigned(file, put));
            if (!upload.hasExpireTime()) {
                upload.setExpireTime(Timestamps.fromMillis(put.expires().toEpochMilli()));
            }
        });
        return upload.build();
    }
}
