package io.graft.engine.conversion.huggingface;

import io.graft.engine.conversion.json.JsonDocument;
import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.SafetensorsFile;
import io.graft.engine.safetensors.TensorSpec;
import io.graft.engine.safetensors.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A checked model folder in the Hugging Face layout.
 *
 * @param folder as it was given
 * @param config the parsed {@code config.json}
 * @param tensors every tensor of its weights
 * @param files what belongs to the model, sorted by name
 * @param ignored names of files that do not, such as pickles beside the safetensors
 */
public record HuggingFaceFolder(
        Path folder,
        Map<String, @Nullable Object> config,
        List<TensorSpec> tensors,
        List<StagedFile> files,
        List<String> ignored) {
    private static final Set<String> TOKENIZERS = Set.of(
            "tokenizer.json", "tokenizer.model", "spiece.model", "sentencepiece.bpe.model", "vocab.txt", "vocab.json");
    private static final Set<String> COMPANIONS = Set.of(
            "config.json",
            "generation_config.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "merges.txt",
            "chat_template.json",
            "chat_template.jinja",
            "preprocessor_config.json",
            "modules.json",
            "README.md",
            "LICENSE",
            "LICENSE.txt",
            "LICENSE.md",
            "NOTICE");

    /**
     * Copies the lists.
     */
    public HuggingFaceFolder {
        tensors = List.copyOf(tensors);
        files = List.copyOf(files);
        ignored = List.copyOf(ignored);
    }

    /**
     * Checks a folder and digests its files.
     *
     * @throws ImportException if a file is missing or malformed, or a link escapes
     * @throws io.graft.engine.safetensors.SafetensorsException if the weights are not sound, or are pickles
     */
    public static HuggingFaceFolder open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw missing(folder, "there is no such folder");
        }
        List<Path> candidates = children(folder);
        LinkGuard guard = LinkGuard.of(folder);
        for (Path candidate : candidates) {
            guard.check(candidate);
        }
        Set<String> wanted = new HashSet<>(COMPANIONS);
        wanted.addAll(TOKENIZERS);
        List<TensorSpec> tensors;
        try (Checkpoint checkpoint = Checkpoint.openFolder(folder)) {
            tensors = checkpoint.listing();
            for (SafetensorsFile file : checkpoint.files()) {
                wanted.add(name(file.path()));
            }
            if (checkpoint.files().size() > 1) {
                wanted.add("model.safetensors.index.json");
            }
        }
        Path configFile = folder.resolve("config.json");
        if (!Files.exists(configFile)) {
            throw missing(folder, "there is no config.json");
        }
        Map<String, @Nullable Object> config = JsonDocument.read(configFile);
        if (candidates.stream().noneMatch(file -> TOKENIZERS.contains(name(file)))) {
            throw missing(folder, "there is no tokenizer (tokenizer.json, tokenizer.model, vocab.txt or vocab.json)");
        }
        List<StagedFile> files = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (Path candidate : candidates) {
            String name = name(candidate);
            if (wanted.contains(name)) {
                files.add(new StagedFile(name, candidate, Files.size(candidate), Sha256.ofFile(candidate)));
            } else {
                ignored.add(name);
            }
        }
        return new HuggingFaceFolder(folder, config, tensors, files, ignored);
    }

    /** The configuration's {@code model_type}, such as {@code bert} or {@code llama}; empty when it has none. */
    public String modelType() {
        return config.get("model_type") instanceof String type ? type : "";
    }

    /** Number of weights in all tensors together. */
    public long parameters() {
        return tensors.stream().mapToLong(TensorSpec::elements).sum();
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !Files.isDirectory(child))
                    .filter(child -> !name(child).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static ImportException missing(Path folder, String what) {
        return new ImportException(
                ImportProblem.FILE_MISSING,
                folder.toString(),
                what,
                "Save model and tokenizer into one folder with save_pretrained");
    }
}
