package io.graft.engine.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out which files of a folder are its weights. */
record CheckpointFolder(Path folder, @Nullable ShardIndex index, List<Path> weights) {
    private static final String SUFFIX = ".safetensors";
    private static final String INDEX_SUFFIX = ".safetensors.index.json";
    private static final List<String> PICKLES = List.of(".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle");
    private static final String SAVE_AGAIN = "Save the model again with save_pretrained";

    static CheckpointFolder look(Path folder) throws IOException {
        List<String> names = names(folder);
        List<String> indexes =
                names.stream().filter(n -> n.endsWith(INDEX_SUFFIX)).toList();
        List<String> weights = names.stream().filter(n -> n.endsWith(SUFFIX)).toList();
        if (!indexes.isEmpty()) {
            return indexed(folder, only(folder, indexes, "model" + INDEX_SUFFIX, "indexes"), weights);
        }
        if (!weights.isEmpty()) {
            String single = only(folder, weights, "model" + SUFFIX, "safetensors files and no index");
            return new CheckpointFolder(folder, null, List.of(folder.resolve(single)));
        }
        for (String name : names) {
            refusePickle(folder.resolve(name));
        }
        throw SafetensorsException.of(
                Problem.NO_WEIGHTS,
                folder.toString(),
                "there is no safetensors file in this folder",
                "Put model.safetensors, or shards with their index, there");
    }

    static void refusePickle(Path file) {
        String lower = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (PICKLES.stream().anyMatch(lower::endsWith)) {
            throw SafetensorsException.of(
                    Problem.PICKLE_REFUSED,
                    file.toString(),
                    "is a Python pickle, which can run code when it is read",
                    "Convert it to safetensors first: save_pretrained(folder, safe_serialization=True)");
        }
    }

    /** Checks both directions between the index and the tensors that the shards really hold. */
    void checkIndexed(ShardIndex index, Checkpoint checkpoint) {
        index.weightMap().forEach((tensor, shard) -> {
            if (!checkpoint.tensors().containsKey(tensor)
                    || !String.valueOf(checkpoint.fileOf(tensor).path().getFileName())
                            .equals(shard)) {
                throw SafetensorsException.ofTensor(
                        Problem.MISSING_TENSOR, folder.toString(), tensor, "is not in " + shard, SAVE_AGAIN);
            }
        });
        for (String tensor : checkpoint.tensors().keySet()) {
            if (!index.weightMap().containsKey(tensor)) {
                throw SafetensorsException.ofTensor(
                        Problem.UNINDEXED_TENSOR,
                        folder.toString(),
                        tensor,
                        "is in a shard but not in the index",
                        SAVE_AGAIN);
            }
        }
    }

    private static CheckpointFolder indexed(Path folder, String indexName, List<String> weights) throws IOException {
        ShardIndex index = ShardIndex.read(folder.resolve(indexName));
        List<String> shards = index.shards();
        for (String shard : shards) {
            if (!Files.isRegularFile(folder.resolve(shard))) {
                throw SafetensorsException.of(
                        Problem.MISSING_SHARD,
                        folder.toString(),
                        "the index names " + shard + ", which is absent",
                        "Copy the missing shard");
            }
        }
        String stem = indexName.substring(0, indexName.length() - INDEX_SUFFIX.length());
        for (String name : weights) {
            boolean belongs = name.equals(stem + SUFFIX) || name.startsWith(stem + "-");
            if (belongs && !shards.contains(name)) {
                throw SafetensorsException.of(
                        Problem.UNINDEXED_SHARD,
                        folder.toString(),
                        name + " lies beside the index, which does not name it",
                        "Remove the file that does not belong");
            }
        }
        return new CheckpointFolder(
                folder, index, shards.stream().map(folder::resolve).toList());
    }

    private static String only(Path folder, List<String> names, String preferred, String what) {
        if (names.contains(preferred)) {
            return preferred;
        }
        if (names.size() > 1) {
            throw SafetensorsException.of(
                    Problem.NO_WEIGHTS,
                    folder.toString(),
                    "there are several " + what + ": " + String.join(", ", names),
                    "Keep one, or name the file itself");
        }
        return names.getFirst();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isRegularFile)
                    .map(child -> String.valueOf(child.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
