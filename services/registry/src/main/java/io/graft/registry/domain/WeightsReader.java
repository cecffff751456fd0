package io.graft.registry.domain;

import io.graft.engine.safetensors.Problem;
import io.graft.engine.safetensors.SafetensorsException;
import io.graft.engine.safetensors.SafetensorsHeader;
import io.graft.engine.safetensors.ShardIndex;
import io.graft.engine.safetensors.TensorInfo;
import io.graft.v1.TensorSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the headers of one version's weights and holds index and shards against each other. Not thread-safe. */
final class WeightsReader {
    private final StoredFiles files;
    private final WeightFiles expected;
    private final List<TensorSpec> tensors = new ArrayList<>();
    private @Nullable Map<String, String> metadata;

    WeightsReader(StoredFiles files, WeightFiles expected) {
        this.files = files;
        this.expected = expected;
    }

    /** @throws SafetensorsException when the weights are not sound */
    Weights read() {
        if (files.has(expected.index())) {
            readShards();
        } else {
            readHeader(expected.single());
        }
        return new Weights(tensors, metadata == null ? Map.of() : metadata);
    }

    private void readShards() {
        ShardIndex index = index();
        List<String> shards = index.shards();
        shards.stream().filter(shard -> !files.has(shard)).findFirst().ifPresent(shard -> {
            throw SafetensorsException.of(
                    Problem.MISSING_SHARD,
                    shard,
                    expected.index() + " names it, but the version does not have it",
                    "Add the missing shard");
        });
        files.paths().stream()
                .filter(path -> expected.belongs(path) && !shards.contains(path))
                .findFirst()
                .ifPresent(path -> {
                    throw SafetensorsException.of(
                            Problem.UNINDEXED_SHARD,
                            path,
                            "lies beside " + expected.index() + ", which does not name it",
                            "Remove the file, or write the index again");
                });
        shards.forEach(this::readHeader);
        compare(index);
    }

    private void compare(ShardIndex index) {
        Set<String> seen = new HashSet<>();
        for (TensorSpec tensor : tensors) {
            String shard = index.weightMap().get(tensor.getName());
            seen.add(tensor.getName());
            if (!tensor.getFile().equals(shard)) {
                throw SafetensorsException.ofTensor(
                        Problem.UNINDEXED_TENSOR,
                        tensor.getFile(),
                        tensor.getName(),
                        "is in this shard, but in the index it is " + (shard == null ? "nowhere" : "in " + shard),
                        "Write the index again");
            }
        }
        index.weightMap().forEach((tensor, shard) -> {
            if (!seen.contains(tensor)) {
                throw SafetensorsException.ofTensor(
                        Problem.MISSING_TENSOR, shard, tensor, "is in the index only", "Write the shard again");
            }
        });
    }

    private ShardIndex index() {
        try {
            return ShardIndex.read(files.source(expected.index()));
        } catch (IOException e) {
            throw InspectionFailure.reading(expected.index(), e);
        }
    }

    private void readHeader(String path) {
        try {
            SafetensorsHeader header = SafetensorsHeader.read(files.source(path));
            header.tensors().stream().map(tensor -> spec(tensor, path)).forEach(tensors::add);
            if (metadata == null) {
                metadata = header.metadata();
            }
        } catch (IOException e) {
            throw InspectionFailure.reading(path, e);
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
}
