package io.graft.cli.file;

import com.google.gson.JsonObject;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.model.Versions;
import io.graft.v1.CreateDownloadRequest;
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
        CreateDownloadRequest request = CreateDownloadRequest.newBuilder()
                .setName(name)
                .addAllPaths(paths)
                .build();
        List<DownloadedFile> files = new VerifiedDownload(invocation)
                .run(() -> invocation.services().registry().createDownload(request), folder, overwrite);
        invocation.output().result(json(name, files), out -> {
            DownloadedFile.print(files, out);
            out.println(name + " is in " + folder.toAbsolutePath().normalize());
        });
        return ExitCode.OK.value();
    }

    private JsonObject json(String name, List<DownloadedFile> files) {
        JsonObject json = new JsonObject();
        json.addProperty("version", name);
        json.addProperty("directory", folder.toAbsolutePath().normalize().toString());
        json.add("files", DownloadedFile.json(files));
        return json;
    }
}
