package io.graft.platform.servicekit;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.submission.VersionCatalog;
import io.graft.v1.Architecture;
import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import io.graft.v1.ColumnType;
import io.graft.v1.DatasetColumn;
import io.graft.v1.DatasetSchema;
import io.graft.v1.DatasetVersion;
import io.graft.v1.ModelVersion;
import io.graft.v1.TensorSpec;
import io.graft.v1.VersionState;
import io.graft.v1.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A catalog of versions that a test lays down. */
public final class KnownVersions implements VersionCatalog {
    private final Map<String, ModelVersion> versions = new HashMap<>();
    private final Map<String, List<TensorSpec>> tensors = new HashMap<>();
    private final Map<String, DatasetVersion> datasets = new HashMap<>();

    /** The sound versions {@code base}, {@code tuned} and {@code target}, and the data set {@code reviews}. */
    public static KnownVersions standard() {
        return new KnownVersions()
                .putSound("base", version -> version)
                .putSound("tuned", version -> version)
                .putSound("target", version -> version)
                .put(decoder("decoder"), decoderTensors())
                .put(encoder("encoder"), encoderTensors())
                .putDataset(reviews());
    }

    /** Short name of a data set version: {@code tenants/default/datasets/{dataset}/versions/1}. */
    public static String datasetName(String dataset) {
        return "tenants/default/datasets/" + dataset + "/versions/1";
    }

    /** 100 rows of a text and one of two labels, 80 to train and 20 to test. */
    public static DatasetVersion.Builder reviews() {
        return DatasetVersion.newBuilder()
                .setName(datasetName("reviews"))
                .setState(VersionState.VERSION_STATE_ACTIVE)
                .setDigest("sha256:reviews")
                .setManifest("tenants/default/uploads/reviews/manifest.json")
                .addFiles(ArtifactFile.newBuilder().setPath("train.jsonl").setSize(8000))
                .addFiles(ArtifactFile.newBuilder().setPath("test.jsonl").setSize(2000))
                .setFormat("jsonl")
                .setRowCount(100)
                .putRowsBySplit("train", 80)
                .putRowsBySplit("test", 20)
                .setSchema(DatasetSchema.newBuilder()
                        .addColumns(column("text", ColumnType.COLUMN_TYPE_TEXT))
                        .addColumns(column("label", ColumnType.COLUMN_TYPE_TEXT)
                                .addLabels("negative")
                                .addLabels("positive")));
    }

    /** A column that has a value in each row. */
    public static DatasetColumn.Builder column(String name, ColumnType type) {
        return DatasetColumn.newBuilder().setName(name).setType(type);
    }

    /** Short name of a version: {@code tenants/default/models/{model}/versions/1}. */
    public static String name(String model) {
        return "tenants/default/models/" + model + "/versions/1";
    }

    /** A sound version of whole weights: an embedding of 4 rows and a bias. */
    public static ModelVersion.Builder sound(String model) {
        return ModelVersion.newBuilder()
                .setName(name(model))
                .setKind(ArtifactKind.ARTIFACT_KIND_FULL)
                .setState(VersionState.VERSION_STATE_ACTIVE)
                .setDigest("sha256:" + model)
                .setManifest("tenants/default/uploads/" + model + "/manifest.json")
                .addFiles(ArtifactFile.newBuilder().setPath("model.safetensors").setSize(1000))
                .addFiles(ArtifactFile.newBuilder().setPath("config.json").setSize(10))
                .setArchitecture(Architecture.newBuilder()
                        .setModelType("llama")
                        .putConfig("hidden_size", "2")
                        .putConfig("vocab_size", "4"))
                .setVocabulary(Vocabulary.newBuilder().setSize(4).setDigest("sha256:tokens"));
    }

    /** A decoder of two layers that reads rows of 64 tokens. */
    public static ModelVersion.Builder decoder(String model) {
        return network(model, "llama").setParameterCount(2 * (4 * 64 + 3 * 128) + 2 * 128);
    }

    /** The tensors of a decoder: two layers with a width of 8 and an inner width of 16, embeddings and head of 16 tokens. */
    public static List<TensorSpec> decoderTensors() {
        List<TensorSpec> tensors = new ArrayList<>();
        tensors.add(tensor("model.embed_tokens.weight", "F32", 16, 8));
        for (int layer = 0; layer < 2; layer++) {
            String prefix = "model.layers." + layer + ".";
            for (String name : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
                tensors.add(tensor(prefix + "self_attn." + name + ".weight", "F32", 8, 8));
            }
            tensors.add(tensor(prefix + "mlp.up_proj.weight", "F32", 16, 8));
            tensors.add(tensor(prefix + "mlp.down_proj.weight", "F32", 8, 16));
            tensors.add(tensor(prefix + "input_layernorm.weight", "F32", 8));
        }
        tensors.add(tensor("lm_head.weight", "F32", 16, 8));
        return tensors;
    }

    /** An encoder of one layer that reads rows of 64 tokens. */
    public static ModelVersion.Builder encoder(String model) {
        return network(model, "bert").setParameterCount(128 + 4 * 64);
    }

    /** The tensors of an encoder: one layer of attention with a width of 8, and embeddings of 16 tokens. */
    public static List<TensorSpec> encoderTensors() {
        List<TensorSpec> tensors = new ArrayList<>();
        tensors.add(tensor("bert.embeddings.word_embeddings.weight", "F32", 16, 8));
        for (String name : List.of("self.query", "self.key", "self.value", "output.dense")) {
            tensors.add(tensor("bert.encoder.layer.0.attention." + name + ".weight", "F32", 8, 8));
        }
        return tensors;
    }

    private static ModelVersion.Builder network(String model, String type) {
        ModelVersion.Builder version = sound(model);
        version.getArchitectureBuilder()
                .setModelType(type)
                .putConfig("hidden_size", "8")
                .putConfig("vocab_size", "16")
                .putConfig("num_hidden_layers", type.equals("llama") ? "2" : "1")
                .putConfig("max_position_embeddings", "64");
        return version.setVocabulary(Vocabulary.newBuilder().setSize(16).setDigest("sha256:tokens"));
    }

    public static List<TensorSpec> soundTensors() {
        return List.of(tensor("model.embed_tokens.weight", "BF16", 4, 2), tensor("model.norm.bias", "F32", 2));
    }

    public static TensorSpec tensor(String name, String dtype, long... shape) {
        TensorSpec.Builder tensor = TensorSpec.newBuilder().setName(name).setDtype(dtype);
        for (long extent : shape) {
            tensor.addShape(extent);
        }
        return tensor.build();
    }

    public KnownVersions put(ModelVersion.Builder version, List<TensorSpec> listing) {
        versions.put(version.getName(), version.build());
        tensors.put(version.getName(), listing);
        return this;
    }

    public KnownVersions putSound(String model, UnaryOperator<ModelVersion.Builder> change) {
        return put(change.apply(sound(model)), soundTensors());
    }

    public KnownVersions putDataset(DatasetVersion.Builder version) {
        datasets.put(version.getName(), version.build());
        return this;
    }

    public KnownVersions alias(String alias, String model) {
        versions.put(alias, Objects.requireNonNull(versions.get(name(model))));
        return this;
    }

    @Override
    public ModelVersion resolve(String name) {
        ModelVersion found = versions.get(name);
        if (found == null) {
            throw new GraftException(ErrorCode.NOT_FOUND, name + " does not exist; check the name");
        }
        return found;
    }

    @Override
    public DatasetVersion dataset(String name) {
        DatasetVersion found = datasets.get(name);
        if (found == null) {
            throw new GraftException(ErrorCode.NOT_FOUND, name + " does not exist; check the name");
        }
        return found;
    }

    @Override
    public void close() {}

    @Override
    public List<TensorSpec> tensors(String version) {
        return Objects.requireNonNull(tensors.get(version));
    }
}
