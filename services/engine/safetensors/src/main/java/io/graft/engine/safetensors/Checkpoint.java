package io.graft.engine.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's weights as one set of named tensors, whether they lie in one file or in shards.
 *
 * <p>Thread safe; each open file costs one descriptor.
 */
public final class Checkpoint implements AutoCloseable {
    private final String name;
    private final List<SafetensorsFile> files;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final Map<String, SafetensorsFile> owners = new LinkedHashMap<>();

    Checkpoint(String name, List<SafetensorsFile> files) {
        this.name = name;
        this.files = List.copyOf(files);
        for (SafetensorsFile file : files) {
            for (TensorInfo tensor : file.header().tensors()) {
                SafetensorsFile other = owners.putIfAbsent(tensor.name(), file);
                if (other != null) {
                    throw SafetensorsException.ofTensor(
                            Problem.DUPLICATE_TENSOR,
                            name,
                            tensor.name(),
                            "is in " + other.path().getFileName() + " and in "
                                    + file.path().getFileName(),
                            "Save the model again so that each tensor is in one shard");
                }
                tensors.put(tensor.name(), tensor);
            }
        }
    }

    /** Opens a folder of weights or a single file, with {@link HeaderLimits#DEFAULT}. */
    public static Checkpoint open(Path path) throws IOException {
        return Files.isDirectory(path) ? openFolder(path) : openFile(path);
    }

    /** Opens one safetensors file: a model, an adapter or a stored diff. */
    public static Checkpoint openFile(Path file) throws IOException {
        CheckpointFolder.refusePickle(file);
        return openAll(file.toString(), List.of(file));
    }

    /**
     * Opens a model folder: the shards its index names, or {@code model.safetensors}, or else its only safetensors file.
     *
     * @throws SafetensorsException if the folder is not sound, or if its only weights are pickles
     */
    public static Checkpoint openFolder(Path folder) throws IOException {
        CheckpointFolder found = CheckpointFolder.look(folder);
        ShardIndex index = found.index();
        if (index == null) {
            return openAll(folder.toString(), found.weights());
        }
        Checkpoint checkpoint = openAll(folder.toString(), found.weights());
        try {
            found.checkIndexed(index, checkpoint);
            return checkpoint;
        } catch (RuntimeException failure) {
            checkpoint.close();
            throw failure;
        }
    }

    private static Checkpoint openAll(String name, Collection<Path> paths) throws IOException {
        List<SafetensorsFile> files = new ArrayList<>();
        try {
            for (Path path : paths) {
                files.add(SafetensorsFile.open(path, HeaderLimits.DEFAULT));
            }
            return new Checkpoint(name, files);
        } catch (IOException | RuntimeException failure) {
            for (SafetensorsFile file : files) {
                file.close();
            }
            throw failure;
        }
    }

    /** The folder or file this was opened from. */
    public String name() {
        return name;
    }

    /** Every tensor by name, in shard order and within a shard by position. */
    public Map<String, TensorInfo> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /** Name, dtype and shape of every tensor, in the order of {@link #tensors}. */
    public List<TensorSpec> listing() {
        return tensors.values().stream().map(TensorInfo::spec).toList();
    }

    /** The files, in shard order. */
    public List<SafetensorsFile> files() {
        return files;
    }

    /** The string metadata of all files; of equal keys the first file's value. */
    public Map<String, String> metadata() {
        Map<String, String> merged = new LinkedHashMap<>();
        files.forEach(file -> file.header().metadata().forEach(merged::putIfAbsent));
        return Collections.unmodifiableMap(merged);
    }

    /**
     * One tensor.
     *
     * @throws SafetensorsException with {@link Problem#MISSING_TENSOR} if there is none of this name
     */
    public TensorInfo tensor(String tensor) {
        @Nullable TensorInfo info = tensors.get(tensor);
        if (info == null) {
            throw missing(tensor);
        }
        return info;
    }

    /** The file that holds a tensor. */
    public SafetensorsFile fileOf(String tensor) {
        @Nullable SafetensorsFile file = owners.get(tensor);
        if (file == null) {
            throw missing(tensor);
        }
        return file;
    }

    /** Fills the buffer with a tensor's bytes (little endian) from {@code offset} on. */
    public void read(String tensor, long offset, ByteBuffer into) throws IOException {
        fileOf(tensor).read(tensor(tensor), offset, into);
    }

    private SafetensorsException missing(String tensor) {
        return SafetensorsException.ofTensor(
                Problem.MISSING_TENSOR, name, tensor, "is not there", "Check the model's architecture");
    }

    @Override
    public void close() throws IOException {
        for (SafetensorsFile file : files) {
            file.close();
        }
    }
}
