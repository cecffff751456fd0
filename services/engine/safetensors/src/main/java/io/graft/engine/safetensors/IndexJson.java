package io.graft.engine.safetensors;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.StringJoiner;

/** Writes an index the way Python's {@code json.dumps(index, indent=2, sort_keys=True)} does. */
final class IndexJson {
    private IndexJson() {}

    static String write(ShardIndex index) {
        StringJoiner entries = new StringJoiner(",\n", "", "\n");
        index.weightMap().forEach((tensor, shard) -> entries.add("    " + quoted(tensor) + ": " + quoted(shard)));
        return "{\n  \"metadata\": {\n    \"total_size\": " + index.totalSize() + "\n  },\n  \"weight_map\": {\n"
                + entries + "  }\n}\n";
    }

    private static String quoted(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 2).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, escaped);
        return escaped.append('"').toString();
    }
}
