package io.graft.cli.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.model.Versions;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft download}. */
@Command(name = "download", description = "Download a version's files, each verified; run again to go on.")
public final class DownloadCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "VERSION",
            description = "MODEL/NUMBER, MODEL@ALIAS, datasets/DATASET/versions/NUMBER or a full name")
    String version = "";

    @Parameters(index = "1", paramLabel = "DIR", description = "folder for the files; created when absent")
    Path folder = Path.of("");

    @Option(names = "--path", paramLabel = "PATH", description = "only this file; may be repeated")
    List<String> paths = new ArrayList<>();

    @Option(names = "--overwrite", description = "replace files of the same name and another content")
    boolean overwrite;

    private final Invocation invocation;

    DownloadCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String name = Versions.nameOf(invocation, version);
        List<DownloadedFile> files = new VersionDownload(invocation).run(name, paths, folder, overwrite);
        invocation.output().result(json(name, files), out -> print(name, files, out));
        return ExitCode.OK.value();
    }

    private JsonObject json(String name, List<DownloadedFile> files) {
        JsonObject json = new JsonObject();
        json.addProperty("version", name);
        json.addProperty("directory", folder.toAbsolutePath().normalize().toString());
        JsonArray entries = new JsonArray();
        for (DownloadedFile file : files) {
            JsonObject entry = new JsonObject();
            entry.addProperty("path", file.file().getPath());
            entry.addProperty("size", file.file().getSize());
            entry.addProperty("sha256", file.file().getSha256());
            entry.addProperty("wasThere", file.wasThere());
            entries.add(entry);
        }
        json.add("files", entries);
        return json;
    }

    private void print(String name, List<DownloadedFile> files, PrintStream out) {
        Table table = new Table("FILE", "SIZE", "SHA256", "");
        files.forEach(f -> table.row(
                f.file().getPath(),
                Figures.bytes(f.file().getSize()),
                f.file().getSha256(),
                f.wasThere() ? "was there" : ""));
        table.print(out);
        out.println(name + " is in " + folder.toAbsolutePath().normalize());
    }
}
