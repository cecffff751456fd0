package io.graft.registry.domain;

import io.graft.engine.safetensors.SafetensorsException;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.error.GraftException;
import io.graft.v1.Architecture;
import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import io.graft.v1.Vocabulary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a stored model version: configuration, tokenizer and the headers of its weights, never the weights themselves.
 * Thread-safe.
 */
public final class ModelInspection {
    private final ArtifactStore store;

    public ModelInspection(ArtifactStore store) {
        this.store = store;
    }

    /**
     * Inspects the files that lie under {@code prefix}.
     *
     * @throws GraftException {@code MALFORMED_MODEL}, {@code MALFORMED_SAFETENSORS} or {@code MISSING_SHARD} naming the
     *     file, {@code DIGEST_MISMATCH} when an object is shorter than announced, {@code STORAGE_UNAVAILABLE}
     */
    Inspection inspect(String prefix, ArtifactKind kind, List<ArtifactFile> announced) {
        WeightFiles expected = WeightFiles.of(kind);
        StoredFiles files = new StoredFiles(store, prefix, announced);
        expected.require(files.paths());
        Weights weights = weights(files, expected);
        return new Inspection(
                architecture(files, expected),
                vocabulary(files),
                kind == ArtifactKind.ARTIFACT_KIND_DIFF ? DiffReader.diff(expected.single(), weights.metadata()) : null,
                weights.tensors());
    }

    private static Weights weights(StoredFiles files, WeightFiles expected) {
        try {
            return new WeightsReader(files, expected).read();
        } catch (SafetensorsException e) {
            throw InspectionFailure.weights(e);
        }
    }

    private static @Nullable Architecture architecture(StoredFiles files, WeightFiles expected) {
        if (expected.kind() == ArtifactKind.ARTIFACT_KIND_ADAPTER) {
            files.readFirst(ConfigReader.MAX_BYTES, ConfigReader::object, expected.config());
            return null;
        }
        return files.readFirst(ConfigReader.MAX_BYTES, ConfigReader::architecture, expected.config());
    }

    private static @Nullable Vocabulary vocabulary(StoredFiles files) {
        Vocabulary full =
                files.readFirst(VocabularyReader.MAX_BYTES, VocabularyReader::tokenizerJson, "tokenizer.json");
        return full != null
                ? full
                : files.readFirst(VocabularyReader.MAX_BYTES, VocabularyReader::vocabText, "vocab.txt");
    }
}
