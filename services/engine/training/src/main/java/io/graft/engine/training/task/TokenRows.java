package io.graft.engine.training.task;

import io.graft.engine.data.Example.LabelledTokens;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import java.util.Arrays;
import java.util.List;

/** Makes tensors of rows of tokens. */
record TokenRows(Torch torch, int padding) {
    TokenBatch texts(List<LabelledTokens> rows) {
        int[][] types = new int[rows.size()][];
        for (int i = 0; i < types.length; i++) {
            int[] own = rows.get(i).types();
            types[i] = own == null ? new int[rows.get(i).ids().length] : own;
        }
        return TokenBatch.padded(
                torch, ids(rows.stream().map(LabelledTokens::ids).toList()), types, padding);
    }

    TokenBatch plain(List<int[]> rows) {
        return TokenBatch.padded(torch, ids(rows), null, padding);
    }

    /** Labels padded as their rows are. */
    Tensor labels(List<int[]> rows, long length, long ignored) {
        long[] all = new long[Math.toIntExact(rows.size() * length)];
        Arrays.fill(all, ignored);
        for (int r = 0; r < rows.size(); r++) {
            int[] row = rows.get(r);
            for (int c = 0; c < row.length; c++) {
                all[Math.toIntExact(r * length + c)] = row[c];
            }
        }
        return Tensors.of(torch, all, rows.size(), length);
    }

    private static int[][] ids(List<int[]> rows) {
        return rows.toArray(int[][]::new);
    }
}
