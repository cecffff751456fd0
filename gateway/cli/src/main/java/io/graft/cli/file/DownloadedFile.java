package io.graft.cli.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.PresignedFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A committed file, verified and in place.
 *
 * @param file as the service described it
 * @param target where it lies
 * @param wasThere whether it lay there before
 */
public record DownloadedFile(PresignedFile file, Path target, boolean wasThere) {
    /** For programs. */
    public static JsonArray json(List<DownloadedFile> files) {
        JsonArray entries = new JsonArray();
        for (DownloadedFile file : files) {
            JsonObject entry = new JsonObject();
            entry.addProperty("path", file.file().getPath());
            entry.addProperty("size", file.file().getSize());
            entry.addProperty("sha256", file.file().getSha256());
            entry.addProperty("wasThere", file.wasThere());
            entries.add(entry);
        }
        return entries;
    }

    /** For people. */
    public static void print(List<DownloadedFile> files, PrintStream out) {
        Table table = new Table("FILE", "SIZE", "SHA256", "");
        files.forEach(f -> table.row(
                f.file().getPath(),
                Figures.bytes(f.file().getSize()),
                f.file().getSha256(),
                f.wasThere() ? "was there" : ""));
        table.print(out);
    }
}
