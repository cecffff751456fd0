package io.graft.engine.pruning;

import java.util.List;

/** Rows in memory. */
record HeldRows(int width, List<float[]> rows) implements Rows {
    static HeldRows of(float[]... rows) {
        return new HeldRows(rows[0].length, List.of(rows));
    }

    static HeldRows none(int width) {
        return new HeldRows(width, List.of());
    }

    @Override
    public void read(Visitor visitor) {
        for (int index = 0; index < rows.size(); index++) {
            visitor.row(index, rows.get(index));
        }
    }
}
