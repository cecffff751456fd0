package io.graft.engine.worker.training;

import io.graft.engine.data.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of a model that reads texts, open.
 *
 * @param tokenizer null for pictures
 */
public record Tokenizing(@Nullable TextTokenizer tokenizer) implements AutoCloseable {
    /** Of a model folder. */
    public static Tokenizing open(Path folder, boolean pictures) throws IOException {
        return new Tokenizing(pictures ? null : TextTokenizer.open(folder));
    }

    /** Id of the padding token; of no meaning for pictures. */
    int padding() {
        return tokenizer == null ? 0 : tokenizer.paddingId();
    }

    @Override
    public void close() {
        if (tokenizer != null) {
            tokenizer.close();
        }
    }
}
