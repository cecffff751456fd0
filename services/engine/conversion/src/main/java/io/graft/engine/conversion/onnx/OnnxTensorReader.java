package io.graft.engine.conversion.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of one {@code TensorProto} and keeps the place of its raw data. */
final class OnnxTensorReader {
    private static final int DIMS = 1;
    private static final int DATA_TYPE = 2;
    private static final int NAME = 8;
    private static final int RAW_DATA = 9;
    private static final int DATA_LOCATION = 14;
    private static final int EXTERNAL = 1;
    private static final int MAX_RANK = 16;

    private final String file;
    private final CodedInputStream in;
    private final List<Long> dims = new ArrayList<>();
    private String name = "";
    private int elementType;
    private int position = -1;
    private int length;

    OnnxTensorReader(String file, CodedInputStream in) {
        this.file = file;
        this.in = in;
    }

    void field(int tag) throws IOException {
        if (tag == varint(DIMS)) {
            dimension(in.readInt64());
        } else if (OnnxParser.isMessage(tag, DIMS)) {
            int outer = in.pushLimit(in.readRawVarint32());
            while (in.getBytesUntilLimit() > 0) {
                dimension(in.readInt64());
            }
            in.popLimit(outer);
        } else if (tag == varint(DATA_TYPE)) {
            elementType = in.readInt32();
        } else if (OnnxParser.isMessage(tag, NAME)) {
            name = OnnxParser.text(file, in);
        } else if (OnnxParser.isMessage(tag, RAW_DATA)) {
            length = in.readRawVarint32();
            position = in.getTotalBytesRead();
            in.skipRawBytes(length);
        } else if (tag == varint(DATA_LOCATION) && in.readEnum() == EXTERNAL) {
            throw unsupported("is stored outside the file");
        } else if (tag != varint(DATA_LOCATION)) {
            in.skipField(tag);
        }
    }

    /** Checks the size where the element type is one that is read later. */
    OnnxTensor finish() {
        if (position < 0) {
            if (dims.contains(0L)) {
                return new OnnxTensor(name, elementType, dims, 0, 0);
            }
            throw unsupported("has no raw data");
        }
        OnnxTensor tensor = new OnnxTensor(name, elementType, dims, position, length);
        int width = elementType == OnnxTensor.FLOAT ? Float.BYTES : elementType == OnnxTensor.INT64 ? Long.BYTES : 0;
        try {
            if (width > 0 && Math.multiplyExact(tensor.elements(), width) != length) {
                throw OnnxParser.malformed(file, "'" + name + "' has " + length + " bytes for the shape " + dims);
            }
        } catch (ArithmeticException overflow) {
            throw OnnxParser.malformed(file, "'" + name + "' has the shape " + dims)
                    .causedBy(overflow);
        }
        return tensor;
    }

    private void dimension(long size) {
        if (size < 0 || dims.size() == MAX_RANK) {
            throw OnnxParser.malformed(file, "a tensor has an impossible shape");
        }
        dims.add(size);
    }

    private ImportException unsupported(String what) {
        return new ImportException(
                ImportProblem.ONNX_UNSUPPORTED,
                file,
                "tensor '" + name + "' " + what,
                "Export the model with PyTorch into one file");
    }

    private static int varint(int field) {
        return field << 3 | WireFormat.WIRETYPE_VARINT;
    }
}
