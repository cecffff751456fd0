package io.graft.engine.data;

import io.graft.engine.data.TextTokenizer.Encoded;
import io.graft.platform.datasets.row.Row;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tokenises the texts of rows within limits. */
record Tokens(TextTokenizer tokenizer, Limits limits) {
    /** With special tokens; cut or reported if too long, and null if reported. */
    @Nullable
    Encoded encode(ExampleRows rows, Row row, String column, String pairColumn) throws IOException {
        String text = ExampleRows.text(row, column);
        String pair = pairColumn.isEmpty() ? null : ExampleRows.text(row, pairColumn);
        if (limits.truncate()) {
            return tokenizer.encodeCut(text, pair, limits.maxLength());
        }
        Encoded encoded = tokenizer.encode(text, pair, true);
        return fits(rows, row, column, encoded.ids().length) ? encoded : null;
    }

    /** Whether a row of this length may stay whole; reported if not. */
    boolean fits(ExampleRows rows, Row row, String column, int length) {
        if (length <= limits.maxLength()) {
            return true;
        }
        rows.report(
                row,
                column,
                "makes a row of " + length + " tokens, beyond the limit of " + limits.maxLength(),
                "Shorten it, raise the limit, or let long rows be cut");
        return false;
    }
}
