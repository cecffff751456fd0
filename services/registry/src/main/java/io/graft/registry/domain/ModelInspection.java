package io.graft.registry.domain;

import io.graft.engine.safetensors.Problem;
import io.graft.engine.safetensors.SafetensorsException;
import io.graft.engine.safetensors.SafetensorsHeader;
import io.graft.engine.safetensors.ShardIndex;
import io.graft.engine.safetensors.TensorInfo;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.Architecture;
import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import io.graft.v1.TensorSpec;
import io.graft.v1.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    Inspection inspect(String prefix, ArtifactKind kind, List<ArtifactFile> files) {
        Map<String, ArtifactFile> byPath = files.stream()
                .collect(Collectors.toMap(ArtifactFile::getPath, file -> file, (left, right) -> left, TreeMap::new));
        WeightFiles expected = WeightFiles.of(kind);
        expected.require(byPath.keySet());
        Version version = new Version(prefix, byPath, expected);
        try {
            List<TensorSpec> tensors = version.tensors();
            long parameters = tensors.stream().mapToLong(ModelInspection::elements).sum();
            return new Inspection(version.architecture(), version.vocabulary(), tensors, parameters);
        } catch (SafetensorsException e) {
            throw InspectionFailure.weights(e);
        }
    }

    private static long elements(TensorSpec tensor) {
        return tensor.getShapeList().stream().mapToLong(Long::longValue).reduce(1, (left, right) -> left * right);
    }

    private final class Version {
        private final String prefix;
        private final Map<String, ArtifactFile> files;
        private final WeightFiles expected;

        Version(String prefix, Map<String, ArtifactFile> files, WeightFiles expected) {
            this.prefix = prefix;
            this.files = files;
            this.expected = expected;
        }

        @Nullable
        Architecture architecture() {
            ArtifactFile config = files.get(expected.config());
            if (config == null) {
                return null;
            }
            if (config.getSize() > ConfigReader.MAX_BYTES) {
                throw InspectionFailure.model(config.getPath(), "is longer than " + ConfigReader.MAX_BYTES + " bytes");
            }
            return read(config, stream -> {
                byte[] content = stream.readNBytes(ConfigReader.MAX_BYTES);
                if (expected.kind() == ArtifactKind.ARTIFACT_KIND_ADAPTER) {
                    ConfigReader.object(config.getPath(), content);
                    return Architecture.getDefaultInstance();
                }
                return ConfigReader.architecture(config.getPath(), content);
            });
        }

        @Nullable
        Vocabulary vocabulary() {
            ArtifactFile json = files.get("tokenizer.json");
            ArtifactFile text = files.get("vocab.txt");
            ArtifactFile tokenizer = json != null ? json : text;
            if (tokenizer == null) {
                return null;
            }
            String path = tokenizer.getPath();
            if (tokenizer.getSize() > VocabularyReader.MAX_BYTES) {
                throw InspectionFailure.model(path, "is longer than " + VocabularyReader.MAX_BYTES + " bytes");
            }
            return read(
                    tokenizer,
                    stream -> json != null
                            ? VocabularyReader.tokenizerJson(path, stream)
                            : VocabularyReader.vocabText(path, stream));
        }

        List<TensorSpec> tensors() {
            ArtifactFile index = files.get(expected.index());
            if (index == null) {
                return header(expected.single()).toList();
            }
            ShardIndex shards = index(index);
            shards.shards().forEach(this::requireShard);
            files.keySet().stream()
                    .filter(path -> expected.belongs(path) && !shards.shards().contains(path))
                    .findFirst()
                    .ifPresent(path -> {
                        throw SafetensorsException.of(
                                Problem.UNINDEXED_SHARD,
                                path,
                                "lies beside " + expected.index() + ", which does not name it",
                                "Remove the file, or write the index again");
                    });
            return indexed(shards);
        }

        private List<TensorSpec> indexed(ShardIndex shards) {
            List<TensorSpec> tensors = new ArrayList<>();
            Map<String, String> found = new TreeMap<>();
            for (String shard : shards.shards()) {
                header(shard).forEach(tensor -> {
                    String expectedShard = shards.weightMap().get(tensor.getName());
                    if (!shard.equals(expectedShard)) {
                        throw SafetensorsException.ofTensor(
                                Problem.UNINDEXED_TENSOR,
                                shard,
                                tensor.getName(),
                                "is in this shard, but the index has it "
                                        + (expectedShard == null ? "nowhere" : "in " + expectedShard),
                                "Write the index again");
                    }
                    found.put(tensor.getName(), shard);
                    tensors.add(tensor);
                });
            }
            shards.weightMap().forEach((tensor, shard) -> {
                if (!found.containsKey(tensor)) {
                    throw SafetensorsException.ofTensor(
                            Problem.MISSING_TENSOR, shard, tensor, "is in the index only", "Write the shard again");
                }
            });
            return tensors;
        }

        private void requireShard(String shard) {
            if (!files.containsKey(shard)) {
                throw SafetensorsException.of(
                        Problem.MISSING_SHARD,
                        shard,
                        expected.index() + " names it, but the version does not have it",
                        "Add the missing shard");
            }
        }

        private ShardIndex index(ArtifactFile file) {
            try {
                return ShardIndex.read(source(file));
            } catch (IOException e) {
                throw InspectionFailure.reading(file.getPath(), e);
            }
        }

        private Stream<TensorSpec> header(String path) {
            ArtifactFile file = files.get(path);
            if (file == null) {
                throw new IllegalStateException(path + " was required before");
            }
            try {
                SafetensorsHeader header = SafetensorsHeader.read(source(file));
                return header.tensors().stream().map(tensor -> spec(tensor, path));
            } catch (IOException e) {
                throw InspectionFailure.reading(path, e);
            }
        }

        private ObjectSource source(ArtifactFile file) {
            String path = file.getPath();
            long stored = store.stat(prefix + path)
                    .orElseThrow(() -> new GraftException(
                            ErrorCode.DIGEST_MISMATCH, path + " is not in the artifact store", Map.of("file", path)))
                    .size();
            if (stored != file.getSize()) {
                throw new GraftException(
                        ErrorCode.DIGEST_MISMATCH,
                        path + " has " + stored + " bytes in the artifact store and " + file.getSize()
                                + " in its manifest",
                        Map.of("file", path));
            }
            return new ObjectSource(store, prefix + path, path, stored);
        }

        private <T> T read(ArtifactFile file, Reader<T> reader) {
            try (InputStream stream = store.open(prefix + file.getPath())) {
                return reader.read(stream);
            } catch (IOException e) {
                throw InspectionFailure.reading(file.getPath(), e);
            }
        }
    }

    private static TensorSpec spec(TensorInfo tensor, String file) {
        return TensorSpec.newBuilder()
                .setName(tensor.name())
                .setDtype(tensor.dtype().name())
                .addAllShape(tensor.shape())
                .setFile(file)
                .build();
    }

    /** Reads a stream to a value. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(InputStream stream) throws IOException;
    }
}
