package io.graft.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.registry.TinyModel;
import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import io.graft.v1.CreateUploadRequest;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class UploadRulesTest {
    private static final String SHA256 = "0".repeat(64);

    @Test
    void takesASoundModel() {
        assertThatCode(() -> UploadRules.check(sound().build(), true)).doesNotThrowAnyException();
    }

    @Test
    void namesEveryBadFileAtOnce() {
        GraftException refusal = refusal(
                CreateUploadRequest.newBuilder()
                        .addFiles(file("../escape", 1, SHA256))
                        .addFiles(file("twice", 1, SHA256))
                        .addFiles(file("twice", 1, SHA256))
                        .addFiles(file("negative", -1, SHA256))
                        .addFiles(file("large", (5L << 30) + 1, SHA256))
                        .addFiles(file("undigested", 1, "ABC"))
                        .addFiles(file("manifest.json", 1, SHA256))
                        .addFiles(file("twice/below", 1, SHA256)),
                false);
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refusal.violations())
                .extracting(FieldViolation::field)
                .containsExactly(
                        "files[0].path",
                        "files[2].path",
                        "files[3].size",
                        "files[4].size",
                        "files[5].sha256",
                        "files[6].path",
                        "files");
        assertThat(refusal).hasMessageContaining("save larger weights in shards");
    }

    @Test
    void refusesPickles() {
        GraftException refusal = refusal(sound().addFiles(file("pytorch_model.bin", 1, SHA256)), true);
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNSUPPORTED_FILE);
        assertThat(refusal).hasMessageContaining("convert it to safetensors");
    }

    @Test
    void wantsSomeFilesAndNotTooMany() {
        assertThat(refusal(CreateUploadRequest.newBuilder(), false)).hasMessageContaining("names no file");
        assertThat(refusal(
                        CreateUploadRequest.newBuilder()
                                .addAllFiles(Collections.nCopies(10_001, ArtifactFile.getDefaultInstance())),
                        false))
                .hasMessageContaining("10000 at most");
    }

    @Test
    void knowsTheKindsOfModelsOnly() {
        assertThat(refusal(sound().setKindValue(99), true)).hasMessageContaining("FULL, ADAPTER or DIFF");
        assertThat(refusal(sound().setKind(ArtifactKind.ARTIFACT_KIND_FULL), false))
                .hasMessageContaining("must be unset");
    }

    @Test
    void saysBeforeTheUploadWhichFilesAreMissing() {
        GraftException refusal = refusal(sound().setKind(ArtifactKind.ARTIFACT_KIND_ADAPTER), true);
        assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_MODEL);
        assertThat(refusal)
                .hasMessageContaining("adapter_config.json")
                .hasMessageContaining("adapter_model.safetensors");
    }

    private static CreateUploadRequest.Builder sound() {
        return CreateUploadRequest.newBuilder().addAllFiles(TinyModel.sound(1).announced());
    }

    private static ArtifactFile file(String path, long size, String sha256) {
        return ArtifactFile.newBuilder()
                .setPath(path)
                .setSize(size)
                .setSha256(sha256)
                .build();
    }

    private static GraftException refusal(CreateUploadRequest.Builder request, boolean ofModel) {
        return Objects.requireNonNull(
                catchThrowableOfType(GraftException.class, () -> UploadRules.check(request.build(), ofModel)),
                "was not refused");
    }
}
