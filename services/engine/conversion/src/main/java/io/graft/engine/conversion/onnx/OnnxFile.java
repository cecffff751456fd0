package io.graft.engine.conversion.onnx;

import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An open ONNX file of at most 2 GiB: its graph in memory, its weights on the disk. Only raw values inside the file are
 * supported, which is how PyTorch exports; subgraphs are skipped.
 */
public final class OnnxFile implements AutoCloseable {
    private final String name;
    private final FileChannel channel;
    private final OnnxGraph graph;
    private final Map<String, OnnxTensor> constants = new HashMap<>();

    private OnnxFile(String name, FileChannel channel, OnnxGraph graph) {
        this.name = name;
        this.channel = channel;
        this.graph = graph;
        graph.initializers().forEach(tensor -> constants.put(tensor.name(), tensor));
        for (OnnxNode node : graph.nodes()) {
            if (node.constant() != null && node.outputs().size() == 1) {
                constants.put(node.outputs().getFirst(), node.constant());
            }
        }
    }

    /**
     * Opens a file and reads its graph.
     *
     * @throws ImportException if it is damaged or stores weights in another way
     */
    public static OnnxFile open(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        OnnxGraph graph = OnnxParser.parse(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new OnnxFile(name, channel, graph);
    }

    /** What to call the file in a message. */
    public String name() {
        return name;
    }

    /** The weights, in the order of the file. */
    public List<OnnxTensor> initializers() {
        return graph.initializers();
    }

    /** The operations, in the order of the file. */
    public List<OnnxNode> nodes() {
        return graph.nodes();
    }

    /** The constant behind a value name: an initializer or a Constant node's output; null if it is computed. */
    public @Nullable OnnxTensor constant(String value) {
        return constants.get(value);
    }

    /** Fills the buffer with raw bytes of a tensor from byte {@code offset} of it on. */
    public void read(OnnxTensor tensor, long offset, ByteBuffer into) throws IOException {
        if (offset < 0 || offset > tensor.length() - into.remaining()) {
            throw new IndexOutOfBoundsException(tensor.name() + " has " + tensor.length() + " bytes");
        }
        long at = tensor.position() + offset;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw new EOFException(name);
            }
            at += count;
        }
    }

    /** All values of a small FLOAT or INT64 tensor as doubles. */
    public double[] values(OnnxTensor tensor) throws IOException {
        ByteBuffer raw = ByteBuffer.allocate(tensor.length()).order(ByteOrder.LITTLE_ENDIAN);
        read(tensor, 0, raw);
        raw.flip();
        double[] values = new double[Math.toIntExact(tensor.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (tensor.elementType()) {
                case OnnxTensor.FLOAT -> raw.getFloat();
                case OnnxTensor.INT64 -> raw.getLong();
                default ->
                    throw new ImportException(
                            ImportProblem.ONNX_UNSUPPORTED,
                            name,
                            "constant '" + tensor.name() + "' has element type " + tensor.elementType(),
                            "Export the model with float32 weights");
            };
        }
        return values;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
