package io.graft.engine.conversion.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the protobuf of an ONNX model (onnx.proto, IR version 3 to 10) field by field. Weights are skipped over, only their
 * place is kept, so memory stays small and a declared length is never allocated.
 */
final class OnnxParser {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_NAME = 3;
    private static final int NODE_OPERATION = 4;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int LONGEST_NAME = 4_096;

    private final String file;
    private final CodedInputStream in;
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> initializers = new ArrayList<>();

    private OnnxParser(String file, CodedInputStream in) {
        this.file = file;
        this.in = in;
    }

    static OnnxGraph parse(Path path) throws IOException {
        String file = String.valueOf(path.getFileName());
        if (Files.size(path) > Integer.MAX_VALUE) {
            throw new ImportException(
                    ImportProblem.ONNX_UNSUPPORTED, file, "it is over 2 GiB", "Import the model as safetensors");
        }
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            in.setSizeLimit(Integer.MAX_VALUE);
            OnnxParser parser = new OnnxParser(file, in);
            parser.model();
            return new OnnxGraph(parser.nodes, parser.initializers);
        } catch (InvalidProtocolBufferException damaged) {
            throw malformed(file, String.valueOf(damaged.getMessage())).causedBy(damaged);
        }
    }

    private void model() throws IOException {
        boolean graph = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (isMessage(tag, MODEL_GRAPH)) {
                graph = true;
                message(this::graphField);
            } else {
                in.skipField(tag);
            }
        }
        if (!graph) {
            throw malformed(file, "there is no graph");
        }
    }

    private void graphField(int tag) throws IOException {
        if (isMessage(tag, GRAPH_NODE)) {
            NodeReader node = new NodeReader();
            message(node::field);
            nodes.add(node.finish());
        } else if (isMessage(tag, GRAPH_INITIALIZER)) {
            initializers.add(tensor());
        } else {
            in.skipField(tag);
        }
    }

    private OnnxTensor tensor() throws IOException {
        OnnxTensorReader reader = new OnnxTensorReader(file, in);
        message(reader::field);
        return reader.finish();
    }

    private final class NodeReader {
        private final List<String> inputs = new ArrayList<>();
        private final List<String> outputs = new ArrayList<>();
        private String name = "";
        private String operation = "";
        private @Nullable OnnxTensor constant;

        void field(int tag) throws IOException {
            if (isMessage(tag, NODE_INPUT)) {
                inputs.add(text(file, in));
            } else if (isMessage(tag, NODE_OUTPUT)) {
                outputs.add(text(file, in));
            } else if (isMessage(tag, NODE_NAME)) {
                name = text(file, in);
            } else if (isMessage(tag, NODE_OPERATION)) {
                operation = text(file, in);
            } else if (isMessage(tag, NODE_ATTRIBUTE) && operation.equals("Constant")) {
                message(this::attributeField);
            } else {
                in.skipField(tag);
            }
        }

        private void attributeField(int tag) throws IOException {
            if (isMessage(tag, ATTRIBUTE_TENSOR)) {
                constant = tensor();
            } else {
                in.skipField(tag);
            }
        }

        OnnxNode finish() {
            return new OnnxNode(name, operation, inputs, outputs, constant);
        }
    }

    /** Reads one field, whose tag has just been read. */
    interface Field {
        void read(int tag) throws IOException;
    }

    private void message(Field field) throws IOException {
        int length = in.readRawVarint32();
        int outer = in.pushLimit(length);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            field.read(tag);
        }
        in.checkLastTagWas(0);
        if (in.getBytesUntilLimit() != 0) {
            throw malformed(file, "a message is cut off");
        }
        in.popLimit(outer);
    }

    static boolean isMessage(int tag, int field) {
        return tag == (field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    static String text(String file, CodedInputStream in) throws IOException {
        int length = in.readRawVarint32();
        if (length < 0 || length > LONGEST_NAME) {
            throw malformed(file, "a name has " + length + " bytes");
        }
        return new String(in.readRawBytes(length), StandardCharsets.UTF_8);
    }

    static ImportException malformed(String file, String why) {
        return new ImportException(
                ImportProblem.ONNX_MALFORMED, file, "it is not a sound ONNX file: " + why, "Copy the file again");
    }
}
