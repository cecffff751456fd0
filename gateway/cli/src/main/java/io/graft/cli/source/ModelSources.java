package io.graft.cli.source;

import io.graft.cli.failure.CommandException;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Progress;
import io.graft.engine.conversion.ModelImport;
import io.graft.engine.conversion.ModelSource;
import io.graft.engine.conversion.huggingface.HuggingFaceFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings models to Hugging Face layout. What had to be converted is kept under {@code cache/models} of the home and taken
 * from there the next time.
 */
public final class ModelSources {
    private final Invocation invocation;

    public ModelSources(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Stages a published model by its name. */
    public StagedModel published(String name) {
        PublishedModel model = PublishedModel.find(name)
                .orElseThrow(() -> CommandException.usage(
                        "There is no published model '" + name + "'; there are " + PublishedModel.names()));
        Path cache = invocation.home().cache();
        return convert(
                new ModelSource.Published(model.jar(), cache.resolve("jars")),
                cache.resolve("models").resolve(model.name()),
                model.description());
    }

    /**
     * Stages whatever a source names: a folder, a {@code .jar}, an {@code .onnx} file, or a published model.
     *
     * @param tokenizer of an {@code .onnx} file
     * @param origin where an {@code .onnx} or {@code .jar} comes from, for the model card
     * @param licence of it, for the model card
     */
    StagedModel stage(String source, Path tokenizer, String origin, String licence) {
        Path path = Path.of(source);
        if (Files.isDirectory(path)) {
            return check(path);
        }
        Optional<PublishedModel> published = PublishedModel.find(source);
        if (published.isPresent()) {
            return published(source);
        }
        if (!Files.isRegularFile(path)) {
            throw CommandException.usage("'" + source
                    + "' is neither a folder in Hugging Face layout, an .onnx or .jar file, nor one of "
                    + PublishedModel.names());
        }
        if (source.endsWith(".jar")) {
            return convert(new ModelSource.OnnxJar(path, origin, licence), converted(path), origin);
        }
        if (source.endsWith(".onnx")) {
            return convert(new ModelSource.Onnx(path, tokenizer, origin, licence), converted(path), origin);
        }
        throw CommandException.usage(
                "'" + source + "' is a file of a kind that can't be imported; .onnx and .jar can, and folders");
    }

    private StagedModel check(Path folder) {
        try (Progress progress = invocation.progress()) {
            progress.update("check", 0, 0, folder.toString());
            return StagedModel.of(HuggingFaceFolder.open(folder), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Converts beside the place and moves there at the end, so that a folder that is there is whole. */
    private StagedModel convert(ModelSource source, Path place, String description) {
        Path draft = place.resolveSibling(
                "." + place.getFileName() + "-" + ProcessHandle.current().pid());
        try (Progress progress = invocation.progress()) {
            if (!Files.isDirectory(place)) {
                progress.update("convert", 0, 0, description);
                delete(draft);
                Files.createDirectories(place.toAbsolutePath().getParent());
                ModelImport.stage(source, draft);
                move(draft, place);
            }
            progress.update("check", 0, 0, place.toString());
            return StagedModel.of(HuggingFaceFolder.open(place), description);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path draft, Path place) throws IOException {
        try {
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException another) {
            delete(draft);
        }
    }

    /** A place for what is converted from a local file; another file or another time of change is another place. */
    private Path converted(Path file) {
        try {
            String mark = file.toAbsolutePath().normalize() + "@"
                    + Files.getLastModifiedTime(file).toMillis() + "@" + Files.size(file);
            return invocation
                    .home()
                    .cache()
                    .resolve("models")
                    .resolve(file.getFileName() + "-" + Integer.toHexString(mark.hashCode()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
