package io.graft.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.registry.RealArtifacts;
import io.graft.registry.TinyModel;
import io.graft.v1.ArtifactKind;
import io.graft.v1.TensorSpec;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ModelInspectionTest {
    private static final String ONE = "model-00001-of-00002.safetensors";
    private static final String TWO = "model-00002-of-00002.safetensors";

    private final ArtifactStore store = RealArtifacts.store();
    private final ModelInspection inspection = new ModelInspection(store);

    @Test
    void readsAWholeModel() {
        Inspection found = full(TinyModel.sound(1));
        assertThat(found.tensors())
                .containsExactly(TensorSpec.newBuilder()
                        .setName("w")
                        .setDtype("F32")
                        .addShape(2)
                        .addShape(2)
                        .setFile("model.safetensors")
                        .build());
        assertThat(found.parameterCount()).isEqualTo(4);
        assertThat(Objects.requireNonNull(found.architecture()).getModelType()).isEqualTo("bert");
        assertThat(Objects.requireNonNull(found.vocabulary()).getSize()).isEqualTo(3);
        assertThat(found.diff()).isNull();
    }

    @Test
    void readsShardsByTheirIndex() {
        Inspection found = full(sharded());
        assertThat(found.tensors()).extracting(TensorSpec::getName).containsExactly("a", "b");
        assertThat(found.tensors()).extracting(TensorSpec::getFile).containsExactly(ONE, TWO);
    }

    @Test
    void namesAMissingShard() {
        GraftException refusal =
                refusal(ArtifactKind.ARTIFACT_KIND_FULL, sharded().without(TWO));
        assertThat(refusal.code()).isEqualTo(ErrorCode.MISSING_SHARD);
        assertThat(refusal.metadata()).containsEntry("file", TWO);
    }

    @Test
    void holdsIndexAndShardsAgainstEachOther() {
        assertThat(problem(sharded().with("model-extra.safetensors", shard("c"))))
                .isEqualTo("UNINDEXED_SHARD");
        assertThat(problem(sharded().with(TWO, shard("c")))).isEqualTo("UNINDEXED_TENSOR");
        assertThat(problem(sharded().with(TWO, shard("a")))).isEqualTo("UNINDEXED_TENSOR");
        assertThat(problem(sharded().with(TWO, TinyModel.safetensors("{}", 0, 1))))
                .isEqualTo("MISSING_TENSOR");
        assertThat(problem(sharded().with("model.safetensors.index.json", "{}")))
                .isEqualTo("INDEX_MALFORMED");
    }

    @Test
    void namesFileAndTensorOfABrokenHeader() {
        GraftException refusal = refusal(
                ArtifactKind.ARTIFACT_KIND_FULL,
                TinyModel.sound(1).with("model.safetensors", TinyModel.safetensors("""
                        {"w": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 16]}}""", 16, 1)));
        assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_SAFETENSORS);
        assertThat(refusal.metadata())
                .containsEntry("file", "model.safetensors")
                .containsEntry("tensor", "w")
                .containsEntry("problem", "OFFSETS");
    }

    @Test
    void refusesAHeaderThatOnlyClaimsToBeLong() {
        byte[] huge = TinyModel.safetensors("{}", 0, 1);
        huge[7] = 0x7f;
        assertThat(problem(TinyModel.sound(1).with("model.safetensors", huge))).isEqualTo("HEADER_TOO_LARGE");
    }

    @Test
    void readsAHeaderLargerThanOneFetch() {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 6000; i++) {
            header.append(i == 0 ? "" : ",").append("""
                    "layer.%05d.weight": {"dtype": "U8", "shape": [1], "data_offsets": [%d, %d]}""".formatted(i, i, i + 1));
        }
        byte[] weights = TinyModel.safetensors(header.append('}').toString(), 6000, 1);
        assertThat(weights.length).isGreaterThan(1 << 18);
        assertThat(full(TinyModel.sound(1).with("model.safetensors", weights)).tensors())
                .hasSize(6000);
    }

    @Test
    void readsVocabTextWhereThereIsNoTokenizerJson() {
        Inspection found = full(TinyModel.sound(1).without("tokenizer.json").with("vocab.txt", "a\nb\n"));
        assertThat(Objects.requireNonNull(found.vocabulary()).getSize()).isEqualTo(2);
        assertThat(full(TinyModel.sound(1).without("tokenizer.json")).vocabulary())
                .isNull();
    }

    @Test
    void readsAnAdapter() {
        TinyModel adapter = new TinyModel(Map.of())
                .with("adapter_config.json", "{}")
                .with("adapter_model.safetensors", shard("base.lora_A.weight"));
        Inspection found = inspect(ArtifactKind.ARTIFACT_KIND_ADAPTER, adapter);
        assertThat(found.tensors()).hasSize(1);
        assertThat(found.architecture()).isNull();
        assertThat(refusal(ArtifactKind.ARTIFACT_KIND_ADAPTER, adapter.with("adapter_config.json", "[]"))
                        .code())
                .isEqualTo(ErrorCode.MALFORMED_MODEL);
    }

    @Test
    void readsADiffVector() {
        byte[] weights = TinyModel.safetensors("""
                {"__metadata__": {"format": "graft.diff.v1", "base_digest": "sha256:b", "finetuned_digest": "sha256:f",
                "dtype": "F32", "untouched": "[\\"w\\"]"}}""", 0, 1);
        Inspection found =
                inspect(ArtifactKind.ARTIFACT_KIND_DIFF, new TinyModel(Map.of()).with("diff.safetensors", weights));
        assertThat(Objects.requireNonNull(found.diff())).satisfies(diff -> {
            assertThat(diff.getBaseDigest()).isEqualTo("sha256:b");
            assertThat(diff.getFinetunedDigest()).isEqualTo("sha256:f");
            assertThat(diff.getDtype()).isEqualTo("F32");
            assertThat(diff.getUntouchedList()).containsExactly("w");
        });
        assertThat(refusal(
                        ArtifactKind.ARTIFACT_KIND_DIFF, new TinyModel(Map.of()).with("diff.safetensors", shard("w"))))
                .hasMessageContaining("graft.diff.v1");
    }

    @Test
    void noticesAnObjectOfAnotherLength() {
        String prefix = put(TinyModel.sound(1));
        store.put(prefix + "model.safetensors", new byte[3]);
        GraftException refusal = Objects.requireNonNull(catchThrowableOfType(
                GraftException.class,
                () -> inspection.inspect(
                        prefix,
                        ArtifactKind.ARTIFACT_KIND_FULL,
                        TinyModel.sound(1).announced())));
        assertThat(refusal.code()).isEqualTo(ErrorCode.DIGEST_MISMATCH);
    }

    private static TinyModel sharded() {
        return TinyModel.sound(1)
                .without("model.safetensors")
                .with("model.safetensors.index.json", """
                        {"metadata": {"total_size": 8}, "weight_map": {"a": "%s", "b": "%s"}}""".formatted(ONE, TWO))
                .with(ONE, shard("a"))
                .with(TWO, shard("b"));
    }

    private static byte[] shard(String tensor) {
        return TinyModel.safetensors("""
                {"%s": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}""".formatted(tensor), 4, 1);
    }

    private Inspection full(TinyModel model) {
        return inspect(ArtifactKind.ARTIFACT_KIND_FULL, model);
    }

    private Inspection inspect(ArtifactKind kind, TinyModel model) {
        return inspection.inspect(put(model), kind, model.announced());
    }

    private String put(TinyModel model) {
        String prefix = "tenants/default/uploads/" + UUID.randomUUID() + "/";
        model.files().forEach((path, content) -> store.put(prefix + path, content));
        return prefix;
    }

    private String problem(TinyModel model) {
        return refusal(ArtifactKind.ARTIFACT_KIND_FULL, model).metadata().getOrDefault("problem", "none");
    }

    private GraftException refusal(ArtifactKind kind, TinyModel model) {
        return Objects.requireNonNull(
                catchThrowableOfType(GraftException.class, () -> inspect(kind, model)), "was not refused");
    }
}
