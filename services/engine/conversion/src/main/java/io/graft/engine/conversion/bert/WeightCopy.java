package io.graft.engine.conversion.bert;

import io.graft.engine.conversion.onnx.OnnxFile;
import io.graft.engine.safetensors.SafetensorsWriter;
import io.graft.engine.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/** Copies float32 values bit by bit, turning in x out into out x in where asked. */
final class WeightCopy {
    private static final int PIECE = 1 << 20;

    private WeightCopy() {}

    static void copy(OnnxFile from, BertWeight weight, SafetensorsWriter into, TensorInfo tensor) throws IOException {
        if (weight.transposed()) {
            into.write(tensor, 0, transposed(from, weight, tensor));
            return;
        }
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, tensor.byteLength()));
        for (long at = 0; at < tensor.byteLength(); at += piece.limit()) {
            piece.clear().limit((int) Math.min(piece.capacity(), tensor.byteLength() - at));
            from.read(weight.source(), at, piece);
            into.write(tensor, at, piece.flip());
        }
    }

    private static ByteBuffer transposed(OnnxFile from, BertWeight weight, TensorInfo tensor) throws IOException {
        ByteBuffer source = ByteBuffer.allocate(weight.source().length()).order(ByteOrder.LITTLE_ENDIAN);
        from.read(weight.source(), 0, source);
        ByteBuffer result = ByteBuffer.allocate(source.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        IntBuffer in = source.flip().asIntBuffer();
        IntBuffer out = result.asIntBuffer();
        int rows = Math.toIntExact(tensor.shape().getFirst());
        int columns = Math.toIntExact(tensor.shape().getLast());
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                out.put(row * columns + column, in.get(column * rows + row));
            }
        }
        return result;
    }
}
